/** A civil day, `YYYY-MM-DD`. */
export type Day = string;

export interface Options {
  /** Address of the repository: the folder that holds `metadata/` and `targets/`. */
  repository?: string | URL;
  /** The pinned first root, got from somebody you trust. */
  root: Uint8Array;
  /** Where verified lists are kept; by default they are forgotten with the page. */
  storage?: Storage;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  /**
   * Asked between the steps of opening a list: a promise to wait for before the next one, or nothing. In a page it lets
   * others in every 10 ms, elsewhere never.
   */
  pause?: () => Promise<unknown> | undefined;
  /** The WebAssembly module, where it does not lie beside this file. */
  wasm?: URL | Response | BufferSource | WebAssembly.Module;
}

export interface Storage {
  get(): Promise<Kept | undefined>;
  /** Keeps all of it or nothing. */
  set(value: Kept): Promise<void>;
}

/**
 * What a storage keeps. `columns` are what the edition was decoded to, ten times as long; they make the next opening
 * some four times as fast where the publisher signed their hash, and a storage that is short of room may leave them out.
 */
export interface Kept { files: Uint8Array[]; edition: Uint8Array; columns?: Uint8Array; keySet?: Uint8Array }

/** Opens the list: what is stored, verified again, or else what the repository holds. */
export function open(options: Options): Promise<List>;
/** Opens a bare edition file, which nobody has verified; its answers say so. */
export function openUnverified(edition: Uint8Array, options?: Pick<Options, 'now' | 'wasm'>): Promise<List>;

export interface List {
  readonly edition: Edition;
  standing(today?: Day): ListStanding;
  /** Answers one question; nothing leaves the device. */
  check(query: string, today?: Day): Answer;
  search(query: string, limit?: number): Hit[];
  explain(query: string): Explanation | undefined;
  /**
   * What a certificate on paper is worth, and what this list says about it. `text` is what the QR code holds: an address
   * with digits behind `#`, or `HB1:` and Base45. Throws `no_key_set` where no key set was verified with the list.
   */
  verifyCertificate(text: string, today?: Day): CertificateAnswer;
  /** Brings the newest list, verifies it, then uses and keeps it. */
  update(): Promise<{ delta?: string }>;
}

export type ListStanding = 'fresh' | 'ageing' | 'out_of_date' | 'unverified';

interface Dated { edition: Edition; standing: ListStanding }

export type Answer = Dated & (
  | { kind: 'listed'; firm: Firm; tier: Tier; label: string; streak: Streak; samplings: Samplings }
  | { kind: 'inspected'; firm: Firm; tier: null; streak: Streak | null; samplings: Samplings }
  /** Says nothing against the firm. `firms` are others, whose names are near the whole name that was asked; five at most. */
  | { kind: 'not_listed'; firm: null; firms: Hit[] }
  /** Part of a name was asked, or a whole one that a likely slip of the pen makes one of these. */
  | { kind: 'several'; firms: Hit[] }
  | { kind: 'mistyped'; mistyped: { code: string; message: string; advice: string; suggestions: Hit[] } }
);

export interface Edition { number: number; as_of: Day; expires_on: Day | null; policy: string; demo: boolean }
export interface Firm { code: string | null; name: string; former_names: string[]; division: string | null; trade_marks: string[] }
export interface Tier { years: number; name: string }
export interface NextTier { years: number; on: Day }
export type ReadingName = 'elapsed' | 'spanned' | 'distinct-years' | 'every-year';
export interface Streak {
  start: Day; end: Day; years: number; days: number; samplings: number; reading: ReadingName; next: NextTier | null;
}
export interface Samplings { counted: number; uncounted: number; items: Sampling[] }
export interface Sampling {
  day: Day; day_from: 'sampled' | 'published' | 'year_end'; body: string; product_class: string;
  outcome: Outcome; first_test: Outcome; retest: 'none' | 'upheld' | 'overturned';
  follow_up: 'none' | 'passed' | 'failed' | 'open'; standing: 'final' | 'pending' | 'disowned' | 'withdrawn';
  role: 'producer' | 'principal' | 'contractor' | 'filler' | 'importer' | 'dealer';
  failed_items: string[]; counts: boolean; why: Why | null; bulletin: string; title: string; url: string; row: number;
}
export type Outcome = 'conforming' | 'nonconforming';
export type Why = 'pending' | 'disowned' | 'withdrawn' | 'not_responsible' | 'corrected' | 'before_data_from' | 'after_as_of';
export interface Hit {
  code: string | null; name: string; tier: Tier | null; rank: number;
  /** Ranges are half-open, in UTF-16 code units: `text.slice(from, to)`. */
  matched: { field: 'name' | 'former_name' | 'trade_mark' | 'code' | 'barcode'; text: string; ranges: [number, number][] };
}
export interface Reading {
  continuity: ReadingName;
  streak: { start: Day; end: Day; years: number; samplings: number } | null;
  starts: { because: string; failed_on?: Day; year?: number; silent_since?: Day } | null;
  no_streak: { because: string; failed_on?: Day; last_clean?: Day } | null;
  tier_years: number | null;
  next: NextTier | null;
}
export interface Explanation { reading: Reading; readings: Reading[] }

/** Signed by the publisher, or not; where it is not, nothing of the paper is shown. */
export type CertificateAnswer =
  | { kind: 'valid' | 'expired' | 'not_yet_valid'; certificate: Certificate; list: ListSays; problem: null }
  /** The list is not older than the paper and says otherwise: the list holds. */
  | { kind: 'outranked'; certificate: Certificate; list: ListSays & { says: 'other_tier' | 'not_listed' }; problem: null }
  /** `unknown_key` is no proof of forgery: the key set may be old. */
  | { kind: 'unknown_key' | 'wrong_key' | 'bad_signature' | 'not_a_certificate'; certificate: null; list: null; problem: CertificateProblem };

export interface Certificate {
  /** To be shown in full, so that a code on another firm's page is noticed. */
  firm: { code: string; name: string };
  tier: { years: number; name: string | null };
  streak: { start: Day };
  samplings: { counted: number };
  edition: { number: number; as_of: Day; demo: boolean };
  issuer: string; key: string; issued_on: Day; expires_on: Day;
  standing: 'not_yet_valid' | 'fresh' | 'ageing' | 'out_of_date';
}
export interface ListSays extends Dated {
  says: 'confirms' | 'other_tier' | 'not_listed' | 'older' | 'another_list' | 'unverified';
  name: string | null; tier: Tier | null;
}
export interface CertificateProblem { code: string; message: string; advice: string }

/** What every call throws. */
export interface HongbangError extends Error { code: string; advice: string }
