"""A second reader of the snapshot format, from src/snapshot/FORMAT.md alone and with the standard library alone.

    reader.py dump SNAPSHOT     every field, in lines of JSON
    reader.py trace SNAPSHOT    what is read, in the order of the format, with the bytes read so far
    reader.py judge FILE…       a line for each file: `ok`, or `rejected` and the check that failed

To be read beside FORMAT.md, which has the same order and the same names; not to be fast.
"""
import json, re, sys, traceback, zlib
from collections import defaultdict, namedtuple
from datetime import date, timedelta
from pathlib import Path

COUNTS = dict(bulletins=(2**18, 320), classes=(2**18, 32), lists=(2**18, 32), firms=(2**21, 160), coded=(2**21, 0),
              samplings=(2**25, 160), alphabet=(65520, 64), characters=(2**28, 8))  # the most, and bytes for each
KINDS = "address former_name heading mark name policy term".split()
COLUMNS = dict(names="name", former_names="former_name", trade_marks="mark", gs1_prefixes="mark", labels="mark")
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

Bulletin = namedtuple("Bulletin", "day id body level division inspected only rows title url")
Sampling = namedtuple("Sampling", "firm day bulletin row role cls facts failed_items")


class Rejected(Exception):
    """What "MUST reject" means. IndexError (beyond a list) and OverflowError (beyond the calendar) mean it too."""


def need(truth):
    if not truth:
        raise Rejected


def ascend(entries):
    return entries == sorted(set(entries))


def content(data, tag=1):
    need(data[:9] == "红榜".encode() + bytes([0, 1, tag]) and len(data) >= 17)
    need(len(data) == 17 + int.from_bytes(data[9:13], "big"))
    need(zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "big"))
    return data[13:-4]


class Coder:
    """The range coder and its models. A model is known by its name and context; no two sections share one."""

    def __init__(self, content):
        need(len(content) >= 8)
        self.content, self.at, self.range = content, 8, 2**64 - 1
        self.code, self.bits = int.from_bytes(content[:8], "big"), {}

    def decision(self, zero):
        bound = self.range // 65536 * zero
        found = self.code >= bound
        self.narrow(bound if found else 0, self.range - bound if found else bound)
        return int(found)

    def among(self, count):
        need(count > 0)
        width = self.range // count
        number = self.code // width
        need(number < count)
        self.narrow(number * width, width)
        return number

    def narrow(self, below, width):
        self.code, self.range = self.code - below, width
        if width < 2**32:
            more = self.content[self.at : self.at + 4]
            need(len(more) == 4)
            self.code = (self.code * 2**32 + int.from_bytes(more, "big")) % 2**64
            self.range, self.at = width * 2**32, self.at + 4

    def finish(self):
        need(self.at == len(self.content) and self.code == 0)

    def bit(self, *name):
        zero, seen = self.bits.get(name, (32768, 0))
        rate, found = 131072 // (2 * seen + 3), self.decision(zero)
        zero += -(zero * rate // 65536) if found else (65535 - zero) * rate // 65536
        self.bits[name] = zero, min(255, seen + 1)
        return found

    def choice(self, width, *name):
        node = 1
        for _ in range(width):
            node = 2 * node + self.bit(*name, node)
        return node - 2**width

    def number(self, *name):
        length = next((i for i in range(31) if not self.bit(*name, "length", i)), 31)
        top = min(3, length)
        node = 2**top + self.choice(top, *name, "head", length)
        tail = length - top
        rest = self.among(2 ** max(0, tail - 24)) * 2**24 + self.among(2 ** min(24, tail))
        return node * 2**tail + rest - 1

    def signed(self, *name):
        folded = self.number(*name)
        return -1 - folded // 2 if folded % 2 else folded // 2

    def one_of(self, entries):
        return entries[self.among(len(entries))]


class Memory:
    def __init__(self, most):
        self.most, self.followers, self.right = most, [], 0

    def learn(self, x):
        self.right = min(7, self.right + 1) if self.followers[:1] == [x] else self.right // 2
        self.followers = [x, *(known for known in self.followers if known != x)][: self.most]


class Reader(Coder):
    """Reads an edition; `delta.py` makes a reader of deltas of it."""

    def __init__(self, data, trace=None):
        super().__init__(content(data))
        self.trace = trace
        for section in "counts alphabet head bulletins terms codes divisions columns samplings tiers search".split():
            getattr(self, "read_" + section)()
        self.finish()
        need(len(self.told) == self.count["characters"] and set(self.told) == set(self.letters))

    def note(self, what, value):
        if self.trace:
            self.trace(f"{13 + self.at:6} {what:24} {value}")
        return value

    def each(self, part, stop=1, start=0):
        """The places of a list. That some of its entries are known is a matter of deltas."""
        return range(start, stop)

    def text(self, kind, hint=0, tokens=(), field=None):
        meaning, last = ["", *self.letters, *tokens], self.last[field, hint]
        shared = self.shared(field, len(last)) if last else 0
        symbols, before = [*last[:shared]], [2**21 + KINDS.index(kind)] * 2 + [2**20 + hint]
        parts = [self.tell(meaning[symbol]) for symbol in symbols]
        while symbols[-1:] != [0]:
            symbols.append(self.symbol(kind, [*before, *symbols][:-4:-1]))
            need(symbols[shared:] != last[shared : shared + 1])
            parts.append(self.tell(meaning[symbols[-1]]))
        text = "".join(parts)
        need(parts[:-1] == re.findall("|".join([*filter(None, tokens), "(?s:.)"]), text))
        if field:
            self.last[field, hint] = symbols
        return self.note(kind, text)

    def shared(self, field, most):
        if self.bit(field, "all"):
            return most
        shared = self.number(field, "some")
        need(shared < most)
        return shared

    def tell(self, text):
        self.told += text
        need(len(self.told) <= self.count["characters"])
        return text

    def symbol(self, kind, before):
        hashed, memories = 0, []
        for order, symbol in enumerate(before):
            hashed = (hashed ^ symbol) * 0x9E3779B1 % 2**32
            hashed ^= hashed // 2**15
            place_bits = self.place_bits - (2 if order == 0 else 0)
            memories.insert(0, self.memories[order, hashed * 0x85EBCA6B % 2**32 >> 32 - place_bits])
        symbol = self.foretold_or_ranked(kind, memories)
        for memory in memories:
            memory.learn(symbol)
        return symbol

    def foretold_or_ranked(self, kind, memories):
        foretold = list(dict.fromkeys(symbol for memory in memories for symbol in memory.followers))
        if n := len(foretold):
            order, memory = next((2 - i, memory) for i, memory in enumerate(memories) if memory.followers)
            if self.bit("likeliest", order, memory.right, len(memory.followers)):
                return foretold[0]
            if n > 1 and self.bit("any_other", order, memory.right, n):
                return next((x for i, x in enumerate(foretold[1:-1]) if self.bit("others", n, i)), foretold[-1])
        symbol = self.ranked(kind)
        need(symbol not in foretold)
        return symbol

    def ranked(self, kind):
        order, often = self.ranks[kind]
        length = self.choice(4, "ranks", kind)
        rank = 2**length + self.among(2**length) - 1
        symbol = order[rank]
        if often[symbol] < 1023:
            first = [often[other] for other in order].index(often[symbol])
            order[first], order[rank] = symbol, order[first]
            often[symbol] += 1
        return symbol

    def read_counts(self):
        self.count = {name: self.own_number(name) for name in COUNTS}
        need(all(self.count[name] <= most for name, (most, _) in COUNTS.items()))
        need(self.count["coded"] <= self.count["firms"])
        self.place_bits = max(12, min(18, max(2, self.count["characters"]).bit_length() - 2))
        self.cost = 24 * 2**self.place_bits + sum(self.count[name] * cost for name, (_, cost) in COUNTS.items())
        need(self.cost <= 128 * len(self.content) + 16777216)

    def own_number(self, *name):
        return self.note(name[-1], self.number("own", *name))

    def read_alphabet(self):
        self.letters, self.told, self.memories, letter = [], [], defaultdict(lambda: Memory(3)), ""
        self.last = defaultdict(list)
        for _ in self.each("letters", self.count["alphabet"]):
            letter = self.character("letters", letter)
            self.letters.append(letter)
        self.note("alphabet", "".join(self.letters))
        symbols = range(len(self.letters) + 7)
        self.ranks = {kind: ([*symbols], [0 for _ in symbols]) for kind in KINDS}

    def character(self, part, before):
        code_point = self.number(part, "gaps") + (ord(before) + 1 if before else 0)
        need(code_point < 0xD800 or 0xE000 <= code_point <= 0x10FFFF)
        return chr(code_point)

    def day(self, name):
        return self.note(name, date(1970, 1, 1) + timedelta(self.signed(name)))

    def word(self, name, *words):
        return self.note(name, words[self.number(name)])

    def read_head(self):
        for _ in self.each("head"):
            self.head = dict(
                number=self.own_number("number"), as_of=self.day("as_of"),
                scope=self.word("scope", "listed", "inspected"), reality=self.word("reality", "real", "demo"))
        for _ in self.each("policy"):
            self.policy = policy = dict(
                name=self.text("policy", 0), label=self.text("policy", 1),
                continuity=self.word("continuity", "elapsed", "spanned", "distinct-years", "every-year"),
                max_gap_months=self.own_number("max_gap_months"), min_samplings=self.own_number("min_samplings"),
                data_from=self.day("data_from"), division=self.text("policy", 2),
                roles=self.note("responsible roles", [self.choice(1, "responsible") for _ in range(6)]),
                pending=self.word("pending", "ignored", "counted"),
                disowned=self.word("disowned", "ignored", "counted"),
                corrected_failure=self.word("corrected_failure", "stays", "ignored"),
                tiers=[(self.own_number(at, "years"), self.text("policy", 3)) for at in range(self.choice(4, "tiers"))])
        need(self.head["number"] > 0 and policy["max_gap_months"] <= 1200 and 1 <= policy["min_samplings"] <= 10000)
        need(re.fullmatch("([0-9]{2}){0,3}", policy["division"]))
        need(1 in policy["roles"] and policy["roles"][4:] == [0, 0])
        years = [years for years, _ in policy["tiers"]]
        need(years and ascend(years[::-1]) and 1 <= years[-1] and years[0] <= 100)
        need(all(name.strip() for _, name in policy["tiers"]))

    def read_bulletins(self):
        self.bulletins, issuers, day = [], [], self.head["as_of"]
        for at in self.each("bulletins", self.count["bulletins"]):
            day += timedelta(self.number("days") if at else self.signed("first_day"))
            issuer = self.number("issuers") - 1
            if issuer < 0:
                issuer, new = len(issuers), (self.choice(2, "levels"), self.number("divisions"), self.text("heading"))
                need(new not in issuers and new[1] < 10**6 and issuer < 8192)
                issuers.append(new)
            level, division, body = issuers[issuer]
            inspected = day.year - self.signed("years") if self.bit("has_year") else None
            need(inspected is None or 1 <= inspected <= 9999)
            only, rows = self.choice(1, "lists", level), self.number("rows")
            self.note("bulletin", f"{day} issuer {issuer} inspected {inspected} failures only {only} rows {rows}")
            dashed, plain = str(day), str(day).replace("-", "")
            tokens = [dashed, plain, f"{division:06}", plain[:6], f"{inspected:04}" if inspected else "", plain[:4]]
            fields = dict(title="heading", id="address", url="address")
            title, id_, url = (self.text(kind, issuer, tokens, field) for field, kind in fields.items())
            self.bulletins.append(Bulletin(day, id_, body, level, division, inspected, only, rows, title, url))
        need(ascend([(bulletin.day, bulletin.id) for bulletin in self.bulletins]) and day <= self.head["as_of"])

    def read_terms(self):
        self.classes = [self.text("term") for _ in self.each("classes", self.count["classes"])]
        self.lists = [self.text("term") for _ in self.each("lists", self.count["lists"] + 1)]
        need(ascend(self.classes) and ascend(self.lists) and self.lists[0] == "")

    def read_codes(self):
        self.codes, stem, shared = [], [], 0
        for at in self.each("codes", self.count["coded"]):
            if at:
                shared = self.choice(4, "shared", shared)
                before, stem = stem, stem[:shared] + [self.choice(5, "differing", shared, stem[shared])]
                need(stem[shared] > before[shared])
            tail = max(len(stem) + 1, 10)
            for place in range(len(stem), 16):
                kind = int(place > 8 and stem[8] == 20)
                if place == tail and self.bit("is_number", kind):
                    stem += map(int, f"{self.among(10 ** (16 - tail)):0{16 - tail}}")
                    break
                stem.append(self.choice(5, "following", kind, place, stem[-1] if stem else 31))
            else:
                need(max(stem[tail:], default=10) > 9)
            need(31 not in stem)
            self.codes.append(self.note("code", completed(stem)))
        self.codes += [""] * (self.count["firms"] - self.count["coded"])

    def read_divisions(self):
        self.divisions, last = [], {}
        for firm in self.each("divisions", self.count["firms"]):
            inside = self.codes[firm][2:8]
            c = int(inside) if inside.isdigit() else None
            if c not in last or not self.bit("as_last"):
                ways, way = [None] if c is None else [None, c, c // 100 * 100], self.choice(2, "way")
                division = self.among(10**6) if way == 3 else ways[way]
                need(division not in ways[:way] and (c not in last or division != last[c]))
                last[c] = division
            self.divisions.append(self.note("division", last[c]))
        self.cities = [(division or 0) // 100 for division in self.divisions]

    def read_columns(self):
        self.columns = {column: [] for column in COLUMNS}
        for column, texts in self.columns.items():
            there = 0
            for firm in self.each(column, self.count["firms"]):
                there = column == "names" or self.bit(column, "there", there)
                texts.append(self.text_of_firm(column, firm) if there else "")
                need(texts[-1] or not there or column == "names")
        need(ascend(self.columns["names"][self.count["coded"] :]))

    def text_of_firm(self, column, firm):
        if column not in ("trade_marks", "gs1_prefixes"):
            return self.text(COLUMNS[column], self.cities[firm])
        name, is_short = self.columns["names"][firm], self.bit(column, "short")
        if not is_short:
            text = self.text("mark")
        elif column == "trade_marks":
            start, length = self.choice(5, "start"), self.choice(4, "length")
            text = self.note("part", self.tell(name[start : start + length]))
            need(len(text) == length and name.find(text) == start)
        else:
            rest, first = 1 + self.choice(2, "rest"), [self.choice(4, "digit", place) for place in range(6)]
            need(max(first) < 10)
            text = self.note("digits", self.tell("".join(map(str, first)) + f"{self.among(10**rest):0{rest}}"))
        is_part, is_prefix = 0 <= name.find(text) <= 31 and len(text) <= 15, bool(re.fullmatch("[0-9]{7,10}", text))
        need(is_short == (is_part if column == "trade_marks" else is_prefix))
        return text

    def read_samplings(self):
        self.samplings, self.classes_of, self.troubled = [], defaultdict(set), set()
        self.lists_of, self.memory_of = defaultdict(list), defaultdict(lambda: Memory(6))
        self.rosters, self.pools = defaultdict(Firms), defaultdict(Firms)
        for firm, city in enumerate(self.cities):
            self.pools[city].append(firm)
            self.pools["all"].append(firm)
        all_free(self.pools)
        for at in self.each("sizes", len(self.bulletins)):
            all_free(self.rosters)
            here, start = Here(at, self.bulletins[at]), len(self.samplings)
            all_rows = self.bit("all_rows")
            count = self.note("samplings", here.bulletin.rows if all_rows else self.number("sizes"))
            need(all_rows == (count == here.bulletin.rows) and start + count <= self.count["samplings"])
            for _ in self.each("samplings", start + count, start):
                self.samplings.append(self.sampling(here))
            need(ascend([(sampling.row, sampling.role, sampling.firm) for sampling in self.samplings[start:]]))
        need(len(self.samplings) == self.count["samplings"])
        need({sampling.cls for sampling in self.samplings} == set(range(len(self.classes))))
        need({0, *(sampling.failed_items for sampling in self.samplings)} == set(range(len(self.lists))))
        need(len({sampling[:5] for sampling in self.samplings}) == len(self.samplings))

    def sampling(self, here):
        gap = self.number("gaps", here.gap)
        here.gap, here.row = min(3, gap), here.row + {0: 1, 1: 0}.get(gap, gap)
        need(1 <= here.row <= here.bulletin.rows)
        cls = here.cls = self.product_class(here)
        firm = here.firm = self.firm(here, cls)
        facts, failed_items, day = self.findings(here, cls, firm)
        self.note("sampling", f"row {here.row} class {cls} firm {firm} {day} facts {facts} list {failed_items}")
        return Sampling(firm, day, here.at, here.row, facts[1], cls, facts, failed_items)

    def as_before(self, here, name, *context):
        """A bit whose context is what it was at the sampling before."""
        here.bits[name] = self.bit(name, *context, here.bits[name])
        return here.bits[name]

    def product_class(self, here):
        had = here.classes
        if had and self.as_before(here, "same_class"):
            return here.cls
        here.named_here = []
        if len(had) > 1 and self.bit("known_class"):
            return self.one_of([cls for cls in had if cls != here.cls])
        memory = self.memory_of[here.cls if had else ("level", here.bulletin.level)]
        for place, cls in enumerate(memory.followers):
            if cls not in had and self.bit("follows", place):
                break
        else:
            cls = self.among(len(self.classes))
            need(cls not in had and cls not in memory.followers)
        memory.learn(cls)
        had.append(cls)
        return cls

    def firm(self, here, cls):
        firm = self.chosen_firm(here, cls)
        for firms in (here.named, here.named_here):
            if firm not in firms:
                firms.append(firm)
        if cls not in self.classes_of[firm]:
            self.classes_of[firm].add(cls)
            need(len(self.classes_of[firm]) <= 1024)
            for key in (cls, (cls, self.cities[firm])):
                self.rosters[key].append(firm)
        return firm

    def chosen_firm(self, here, cls):
        before, named, named_here, city = here.firm, here.named, here.named_here, here.bulletin.division // 100
        k, n = len(named_here), len(named)
        if n and self.as_before(here, "same_firm", k == 0):
            return before
        if k >= 2 and self.bit("class_firm", min(k, 9) - 2):
            return self.one_of([firm for firm in named_here if firm != before])
        if n > k and self.bit("named_firm", min(7, (n + 1).bit_length() - 1)):
            firm = self.one_of(named)
            need(firm != before and firm not in named_here)
            return firm
        local = city in self.pools and self.as_before(here, "local", here.bulletin.level)
        roster = self.rosters[(cls, city) if local else cls]
        if roster.free and self.bit("known_firm", local, len(roster).bit_length() - 1):
            firm = roster.take(self.among(roster.free))
        else:
            firm = self.firm_new_to_class(local, city if local else "all")
            need(cls not in self.classes_of[firm])
        need(firm not in named and (self.cities[firm] == city) == local)
        return firm

    def firm_new_to_class(self, local, key):
        pool = self.pools[key]
        seen = len(pool) - pool.free
        if seen and (not pool.free or self.bit("seen_firm", local)):
            return pool[pool.free + self.among(seen)]
        firm = pool[self.among(pool.free)]
        for pool in (self.pools[self.cities[firm]], self.pools["all"]):
            pool.take(pool.index(firm))
        return firm

    def findings(self, here, cls, firm):
        before = here.facts
        facts = plain = [before[0], 0, 0, 0, 0, 0]
        failed_items, is_plain = 0, self.as_before(here, "plain", here.bulletin.only, firm in self.troubled)
        if not is_plain:
            self.troubled.add(firm)
            facts = [self.choice(2, "day_from", before[0]), self.choice(3, "role", before[1])]
            failed = self.bit("outcome", before[2])
            facts += [failed, *(self.choice(2, name, failed) for name in ("retest", "follow_up", "standing"))]
            need(facts[0] < 3 and facts[1] < 6 and facts[3] < 3)
            failed_items = self.failed_items(cls, failed)
        here.facts = facts
        day, inspected = here.bulletin.day, here.bulletin.inspected
        expected = [None, day, date(inspected, 12, 31) if inspected else day][facts[0]]
        if expected is None:
            day = self.sampled_day(here)
        elif is_plain or self.bit("as_expected"):
            day = expected
        else:
            day = expected + timedelta(self.signed("unexpected"))
            need(day != expected)
        need(is_plain or facts != plain or failed_items or expected not in (None, day))
        return facts, failed_items, day

    def failed_items(self, cls, failed):
        if not self.bit("any_list", failed):
            return 0
        known = self.lists_of[cls]
        if known and self.bit("known_list"):
            return self.one_of(known)
        failed_items = 1 + self.among(self.count["lists"])
        need(failed_items not in known)
        known.append(failed_items)
        return failed_items

    def sampled_day(self, here):
        weeks = back = self.choice(5, "weeks", here.weeks)
        if weeks == 31:
            back = self.signed("far_weeks")
            need(not 0 <= back <= 30)
        weekday = self.choice(3, "weekdays", here.weekday if weeks == here.weeks else 8)
        need(weekday < 7)
        here.weeks, here.weekday = weeks, weekday
        return here.bulletin.day + timedelta(weekday - here.bulletin.day.weekday() - 7 * back)

    def read_tiers(self):
        self.tiers, self.samplings_of = [], defaultdict(list)
        for sampling in sorted(self.samplings):
            self.samplings_of[sampling.firm].append(sampling)
        for firm in self.each("tiers", self.count["firms"]):
            own = self.samplings_of[firm]
            years = (self.head["as_of"] - own[0].day).days // 365 if own else 0
            failed = any(sampling.facts[2] for sampling in own)
            self.tiers.append(self.note("stated tier", self.choice(4, "stated", failed, max(0, min(15, years)))))
            need(self.tiers[-1] <= len(self.policy["tiers"]))

    def counted(self, part, most):
        for _ in self.each("sizes"):
            count = self.own_number(part)
        need(count <= most)
        return self.each(part, count)

    def read_search(self):
        self.spellings, self.readings, self.variants, character, form, of, far = [], {}, [], "", "", 0, False
        for _ in self.counted("spellings", 4096):
            self.spellings.append(self.spelling())
        for _ in self.counted("readings", 65520):
            character, count = self.character("readings", character), self.number("counts")
            need(count <= 64)
            places = [self.choice(len(self.spellings).bit_length(), "places") for _ in range(count)]
            self.readings[character] = self.note(character, [self.spellings[place] for place in places])
        need(set(self.spellings) == set().union(*self.readings.values()))
        for _ in self.counted("variants", 65520):
            form, step = self.character("variants", form), self.signed("steps", far)
            of, far, kin = of + step, abs(step) > 64, self.choice(2, "kins")
            need(of >= 0)
            character = [*self.readings][of]
            need(kin < 3 and form != character and (kin == 2 or form not in self.readings))
            self.variants.append(self.note("variant", (form, character, kin)))

    def spelling(self):
        before, shared = self.spellings[-1] if self.spellings else "", self.choice(3, "letters shared")
        need(shared <= len(before))
        spelling = before[:shared]
        while letter := self.choice(5, "letters", ord(spelling[-1]) - 96 if spelling else 0):
            need(letter <= 26 and len(spelling) < 7)
            spelling += chr(96 + letter)
        need(spelling[shared : shared + 1] > before[shared : shared + 1] or not self.spellings)
        return self.note("spelling", spelling)

    def dump(self):
        """Every field, in the order of the edition."""
        yield [*self.head.values(), *self.policy.values()]
        yield from self.bulletins
        yield self.classes, self.lists
        for firm, texts in enumerate(zip(*self.columns.values())):
            own = [sampling[1:] for sampling in self.samplings_of[firm]]
            yield self.codes[firm], *texts, self.divisions[firm], self.tiers[firm], own
        yield self.spellings, [*self.readings.items()], self.variants


class Firms(list):
    """A roster, whose first firms are free, or a pool, whose first are unseen."""

    free = 0

    def take(self, place):
        self.free -= 1
        self[place], self[self.free] = self[self.free], self[place]
        return self[self.free]


def all_free(lists):
    for firms in lists.values():
        firms.free = len(firms)


class Here:
    """What the samplings of one bulletin remember of those before."""

    def __init__(self, at, bulletin):
        self.at, self.bulletin, self.row, self.gap, self.cls, self.firm = at, bulletin, 0, 4, None, None
        self.classes, self.named, self.named_here = [], [], []
        self.facts, self.weeks, self.weekday = [1, 0, 0, 0, 0, 0], 31, 7
        self.bits = dict(same_class=0, same_firm=0, local=0, plain=1)


def completed(stem):
    """A credit code with its two check characters."""
    code = "".join(CODE_ALPHABET[value] for value in stem)
    code += "0123456789X0"[11 - sum(w * int(x, 36) for w, x in zip((3, 7, 9, 10, 5, 8, 4, 2), code[8:])) % 11]
    return code + CODE_ALPHABET[-sum(pow(3, i, 31) * CODE_ALPHABET.index(x) for i, x in enumerate(code)) % 31]


def judged(read):
    """What a reader says: `ok`, or which check failed."""
    try:
        read()
        return "ok"
    except (Rejected, IndexError, OverflowError) as why:
        frames = traceback.extract_tb(why.__traceback__)
        return "rejected: " + next(frame.line for frame in reversed(frames) if frame.name != "need")


if __name__ == "__main__":
    for data in (Path(file).read_bytes() for file in sys.argv[2:]):
        if sys.argv[1] == "judge":
            print(judged(lambda: Reader(data)))
        elif sys.argv[1] == "trace":
            Reader(data, print)
        else:
            for line in Reader(data).dump():
                print(json.dumps(line, ensure_ascii=False, default=str, separators=",:"))
