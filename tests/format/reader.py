"""A second reader of the snapshot format, written from src/snapshot/FORMAT.md alone, with the standard library alone.

    reader.py SNAPSHOT            a summary as JSON, with a SHA-256 over a canonical dump of every field
    reader.py SNAPSHOT --dump     the dump
    reader.py SNAPSHOT --trace    every number, word and text in the order of the format, with the bytes read so far
    reader.py --judge FILE…       a line for each file: `ok`, or `rejected` and why

It is written to be read beside FORMAT.md, not to be fast: a method for each section, in the same order.
"""
import datetime, hashlib, json, sys, zlib
from collections import defaultdict

M32, M64, EPOCH = 2**32, 2**64, datetime.date(1970, 1, 1)
KINDS = "address former_name heading mark name policy term".split()
ROLES = "producer principal contractor filler importer dealer".split()
COLUMNS = "former_names trade_marks gs1_prefixes labels".split()
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LIMITS = dict(bulletins=2**18, classes=2**18, lists=2**18, firms=2**21, coded=2**21, samplings=2**25,
              alphabet=65520, characters=2**28)


class Rejected(Exception):
    """What "MUST reject" means."""


def need(truth, why):
    if not truth:
        raise Rejected(why)


def iso(day):
    need(-719162 <= day <= 2932896, "a day outside the calendar")
    return (EPOCH + datetime.timedelta(day)).isoformat()


def ascend(texts):
    return all(a < b for a, b in zip(texts, texts[1:]))


# ---- The file, the range coder, the models --------------------------------------------------------------------------


def content(data, tag=1):
    """What lies between the head of a file and its checksum."""
    need(data[:6] == "红榜".encode(), "no snapshot")
    need(data[6:8] == b"\0\1" and data[8:9] == bytes([tag]), "another version or section")
    need(len(data) >= 17 and len(data) == 17 + int.from_bytes(data[9:13], "big"), "another length")
    need(zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "big"), "damaged")
    return data[13:-4]


class Bit:
    def __init__(self):
        self.zero, self.seen = 32768, 0


def models():
    """The bits of a section, made new: each by the name of its model and its context."""
    return defaultdict(Bit)


class Memory:
    def __init__(self, most=3):
        self.most, self.followers, self.right = most, [], 0

    def learn(self, x):
        if self.followers[:1] == [x]:
            self.right = min(7, self.right + 1)
            return
        self.right //= 2
        self.followers = ([x] + [known for known in self.followers if known != x])[: self.most]


class Ranks:
    def __init__(self, count):
        self.order, self.often, self.lengths = list(range(count)), [0] * count, models()


class Coder:
    """The range coder, and the models that need nothing else."""

    def __init__(self, content):
        need(len(content) >= 8, "truncated content")
        self.content, self.at, self.range = content, 8, M64 - 1
        self.code = int.from_bytes(content[:8], "big")

    def decision(self, zero):
        bound = (self.range >> 16) * zero
        found = self.code >= bound
        self.code, self.range = (self.code - bound, self.range - bound) if found else (self.code, bound)
        self.widen()
        return int(found)

    def few(self, count):
        self.range //= count
        number = self.code // self.range
        self.code -= self.range * number
        self.widen()
        return number

    def widen(self):
        if self.range < M32:
            need(self.at + 4 <= len(self.content), "truncated content")
            digit = int.from_bytes(self.content[self.at : self.at + 4], "big")
            self.range, self.code, self.at = self.range * M32, (self.code * M32 + digit) % M64, self.at + 4

    def finish(self):
        need(self.at == len(self.content) and self.code == 0, "bytes that no writer makes")

    def among(self, count):
        need(count > 0, "a choice among none")
        if count == 1:
            return 0
        if count <= 2**24:
            number = self.few(count)
        else:
            number = self.few((count - 1) // 2**24 + 1) * 2**24
            number += self.few(2**24)
        need(number < count, "a number beyond its count")
        return number

    def bit(self, m, *name):
        model = m[name]
        rate = 131072 // (2 * model.seen + 3)
        found = self.decision(model.zero)
        model.zero += -(model.zero * rate // 65536) if found else (65535 - model.zero) * rate // 65536
        model.seen = min(255, model.seen + 1)
        return found

    def choice(self, m, width, *name):
        node = 1
        for _ in range(width):
            node = 2 * node + self.bit(m, *name, node)
        return node - 2**width

    def number(self, m=None, *name):
        m = models() if m is None else m
        length, node = 0, 1
        while length < 31 and self.bit(m, *name, "length", length):
            length += 1
        for _ in range(min(3, length)):
            node = 2 * node + self.bit(m, *name, length, node)
        tail = length - min(3, length)
        return node * 2**tail + self.among(2**tail) - 1

    def signed(self, m=None, *name):
        folded = self.number(m, *name)
        return -1 - folded // 2 if folded % 2 else folded // 2

    def ranked(self, ranks):
        length = self.choice(ranks.lengths, 4)
        rank = 2**length + self.among(2**length) - 1
        need(rank < len(ranks.order), "a rank beyond the symbols")
        symbol = ranks.order[rank]
        often = ranks.often[symbol]
        if often < 1023:
            first = next(i for i, other in enumerate(ranks.order) if ranks.often[other] == often)
            ranks.order[first], ranks.order[rank] = symbol, ranks.order[first]
            ranks.often[symbol] += 1
        return symbol


# ---- The content, section by section --------------------------------------------------------------------------------


class Reader(Coder):
    """Reads an edition; `delta.py` makes a reader of deltas of it."""

    def __init__(self, data, trace=None):
        self.trace, self.allowance = trace, 128 * (len(data) - 17) + 16777216
        super().__init__(content(data))
        self.read()
        self.finish()
        need(self.characters == 0 and len(self.used) == len(self.letters), "another alphabet or number of characters")
        self.check_order()

    def note(self, what, value):
        if self.trace:
            self.trace(f"{13 + self.at:6} {what:24} {value}")
        return value

    def turn_to(self, part, at=0):
        """Before each entry of a list. Whoever reads a whole snapshot knows none of them."""

    def read(self):
        self.read_counts()
        self.read_letters()
        self.read_head()
        self.read_bulletins()
        self.classes = [self.term("classes", at) for at in range(self.count["classes"])]
        self.lists = [self.term("lists", at) for at in range(self.count["lists"] + 1)]
        self.read_codes()
        self.read_divisions()
        self.read_texts()
        self.read_samplings()
        self.read_tiers()
        self.read_alphabet()

    # 1. Counts

    def read_counts(self):
        self.count = c = {name: self.note(name, self.number()) for name in LIMITS}
        need(all(c[name] <= most for name, most in LIMITS.items()), "a count beyond its limit")
        need(c["coded"] <= c["firms"], "more codes than firms")
        self.bits = max(12, min(18, max(2, c["characters"]).bit_length() - 2))
        self.cost = 320 * c["bulletins"] + 32 * (c["classes"] + c["lists"]) + 160 * (c["firms"] + c["samplings"])
        self.cost += 64 * c["alphabet"] + 8 * c["characters"] + 24 * 2**self.bits
        need(self.cost <= self.allowance, "too much for so few bytes")

    # 2. Alphabet

    def read_letters(self):
        m, least, self.letters = models(), 0, []
        for at in range(self.count["alphabet"]):
            self.turn_to("letters", at)
            letter, least = self.character(m, least)
            self.letters.append(letter)
        self.note("alphabet", "".join(self.letters))
        self.characters, self.used, self.known_letters = self.count["characters"], set(), set(self.letters)
        self.memories, self.text_models = defaultdict(Memory), models()
        self.spelling = {kind: Ranks(len(self.letters) + 7) for kind in KINDS}

    def character(self, m, least):
        code_point = least + self.number(m, "gaps")
        need(code_point < 0xD800 or 0xE000 <= code_point <= 0x10FFFF, "no character")
        return chr(code_point), code_point + 1

    # Texts

    def text(self, kind, hint=0, tokens=()):
        before, parts = [2**20 + hint] + [2**21 + KINDS.index(kind)] * 2, []
        while symbol := self.symbol(kind, before):
            before = [symbol] + before[:2]
            at = symbol - 1 - len(self.letters)
            part = self.letters[symbol - 1] if at < 0 else tokens[at] if tokens else None
            need(part, "a token without a meaning")
            parts.append(self.account(part))
        text = "".join(parts)
        need(not tokens or parts == list(divided(text, tokens)), "a text told otherwise")
        return text

    def account(self, text):
        self.characters -= len(text)
        self.used.update(text)
        need(self.characters >= 0 and self.known_letters.issuperset(text), "characters that were not announced")
        return text

    def symbol(self, kind, before):
        hash_, memories = 0, []
        for order, symbol in enumerate(before):
            hash_ = (hash_ ^ symbol) * 0x9E3779B1 % M32
            hash_ ^= hash_ >> 15
            place = (hash_ * 0x85EBCA6B % M32) >> (32 - self.bits + (2 if order == 0 else 0))
            memories.append(self.memories[order, place])
        found = self.foretold_or_spelt(kind, memories)
        for memory in memories:
            memory.learn(found)
        return found

    def foretold_or_spelt(self, kind, memories):
        m, foretold = self.text_models, []
        for memory in reversed(memories):
            foretold += [x for x in memory.followers if x not in foretold]
        n = len(foretold)
        if n:
            order, memory = max((o, memory) for o, memory in enumerate(memories) if memory.followers)
            if self.bit(m, "likeliest", order, memory.right, len(memory.followers)):
                return foretold[0]
            if n > 1 and self.bit(m, "any_other", order, memory.right, n):
                others = (x for i, x in enumerate(foretold[1:-1]) if self.bit(m, "others", n, i))
                return next(others, foretold[-1])
        spelt = self.ranked(self.spelling[kind])
        need(spelt not in foretold, "a symbol told otherwise")
        return spelt

    # 3. Head

    def word(self, what, *words):
        number = self.number()
        need(number < len(words), "no such word")
        return self.note(what, words[number])

    def read_head(self):
        self.turn_to("head")
        self.head = h = dict(number=self.note("number", self.number()))
        self.as_of = self.signed()
        h["as_of"] = self.note("as of", iso(self.as_of))
        h["scope"] = self.word("scope", "listed", "inspected")
        h["reality"] = self.word("reality", "real", "demo")
        self.turn_to("policy")
        p = h["policy"] = dict(name=self.note("name", self.text("policy", 0)))
        p["label"] = self.note("label", self.text("policy", 1))
        p["continuity"] = self.word("continuity", "elapsed", "spanned", "distinct-years", "every-year")
        p["max_gap_months"] = self.note("longest silence", self.number())
        p["min_samplings"] = self.note("fewest samplings", self.number())
        p["data_from"] = self.note("data from", iso(self.signed()))
        p["division"] = self.note("division", self.text("policy", 2))
        m = models()
        p["responsible_roles"] = self.note("responsible roles", [role for role in ROLES if self.choice(m, 1)])
        p["pending"] = self.word("pending", "ignored", "counted")
        p["disowned"] = self.word("disowned", "ignored", "counted")
        p["corrected_failure"] = self.word("corrected failure", "stays", "ignored")
        tiers = range(self.choice(models(), 4))
        p["tiers"] = [[self.note("years", self.number()), self.note("tier", self.text("policy", 3))] for _ in tiers]
        need(h["number"] > 0 and p["max_gap_months"] <= 1200 and 1 <= p["min_samplings"] <= 10000, "no such number")
        need(p["division"] == "" or len(p["division"]) in (2, 4, 6) and is_digits(p["division"]), "no division")
        need(p["responsible_roles"] and not {"importer", "dealer"} & set(p["responsible_roles"]), "no such roles")
        years = [years for years, _ in p["tiers"]]
        need(years and all(1 <= y <= 100 for y in years) and ascend(years[::-1]), "no such tiers")
        need(all(name.strip() for _, name in p["tiers"]), "a tier without a name")

    # 4. Bulletins

    def read_bulletins(self):
        m, issuers, self.bulletins = models(), [], []
        for at in range(self.count["bulletins"]):
            self.turn_to("bulletins", at)
            b = dict(day=self.bulletins[-1]["day"] + self.number(m, "days") if at else self.as_of + self.signed())
            dashed = self.note("bulletin of", iso(b["day"]))
            issuer = self.issuer(m, issuers)
            b["level"], b["division"], b["body"] = issuers[issuer]
            self.note("issuer", f"{b['body']} {b['division']:06} level {b['level']}")
            year = int(dashed[:4])
            b["inspected"] = year - self.signed(m, "years") if self.bit(m, "has_year") else None
            self.note("inspection year", b["inspected"])
            need(b["inspected"] is None or 1 <= b["inspected"] <= 9999, "no such year")
            b["only"] = self.note("failures only", self.choice(m, 1, "lists", b["level"]))
            b["rows"] = self.note("rows", self.number(m, "rows"))
            plain = dashed.replace("-", "")
            inspected = "" if b["inspected"] is None else f"{b['inspected']:04}"
            tokens = [dashed, plain, f"{b['division']:06}", plain[:6], inspected, plain[:4]]
            b["title"] = self.note("title", self.text("heading", issuer, tokens))
            b["id"] = self.note("id", self.text("address", issuer, tokens))
            b["url"] = self.note("address", self.text("address", issuer, tokens))
            self.bulletins.append(b)

    def issuer(self, m, issuers):
        issuer = self.number(m, "issuers") - 1
        if issuer >= 0:
            need(issuer < len(issuers), "no such issuer")
            return issuer
        level, division = self.choice(m, 2, "levels"), self.number(m, "divisions")
        need(division < 10**6, "no division")
        new = level, division, self.text("heading")
        need(new not in issuers and len(issuers) < 8192, "an issuer told otherwise, or too many")
        issuers.append(new)
        return len(issuers) - 1

    # 5. Product classes and failed items

    def term(self, part, at):
        self.turn_to(part, at)
        return self.note("product class" if part == "classes" else "failed items", self.text("term"))

    # 6. Credit codes

    def read_codes(self):
        m, before, shared, self.codes = models(), None, 0, []
        for at in range(self.count["coded"]):
            self.turn_to("codes", at)
            stem = []
            if before:
                shared = self.choice(m, 4, "shared", shared)
                stem = before[:shared] + [self.choice(m, 5, "differing", shared, before[shared])]
                need(stem[shared] > before[shared], "codes out of order")
            self.read_stem(m, stem)
            need(31 not in stem, "no character of a code")
            self.codes.append(self.note("code", completed(stem)))
            before = stem

    def read_stem(self, m, stem):
        def kind(place):
            return int(place > 8 and stem[8] == 20)

        tail = max(len(stem) + 1, 10)
        while len(stem) < 16:
            place = len(stem)
            if place == tail and self.bit(m, "is_number", kind(tail)):
                digits = f"{self.among(10 ** (16 - tail)):0{16 - tail}}"
                stem += map(int, digits)
                return
            stem.append(self.choice(m, 5, "following", kind(place), place, stem[-1] if stem else 31))
        need(tail >= 16 or max(stem[tail:]) > 9, "digits told otherwise")

    # 7. Divisions

    def read_divisions(self):
        m, last, self.divisions = models(), {}, []
        for firm in range(self.count["firms"]):
            self.turn_to("divisions", firm)
            inside = self.codes[firm][2:8] if firm < len(self.codes) else ""
            c = int(inside) if is_digits(inside) else None
            if c in last and self.bit(m, "as_last"):
                division = last[c]
            else:
                division = self.division(m, c)
                need(c not in last or last[c] != division, "a division told otherwise")
            last[c] = division
            self.divisions.append(self.note("division", division))
        self.cities = [0 if division is None else division // 100 for division in self.divisions]

    def division(self, m, c):
        ways = [None] if c is None else [None, c, c // 100 * 100]
        way = self.choice(m, 2, "way")
        if way == 3:
            division = self.among(10**6)
            need(division not in ways, "a division told otherwise")
            return division
        need(way < len(ways) and ways.index(ways[way]) == way, "a division told otherwise")
        return ways[way]

    # 8. Texts of the firms

    def read_texts(self):
        self.names = []
        for firm, city in enumerate(self.cities):
            self.turn_to("names", firm)
            self.names.append(self.note("name", self.text("name", city)))
        self.columns = {column: self.read_column(column) for column in COLUMNS}

    def read_column(self, column):
        m, there, texts = models(), 0, []
        for firm, city in enumerate(self.cities):
            self.turn_to(column, firm)
            there = self.bit(m, "there", there)
            texts.append(self.note(column, self.optional(column, m, firm, city)) if there else "")
            need(texts[-1] or not there, "an empty text told otherwise")
        return texts

    def optional(self, column, m, firm, city):
        if column in ("former_names", "labels"):
            return self.text("former_name" if column == "former_names" else "mark", city)
        name, is_mark = self.names[firm], column == "trade_marks"
        if not self.bit(m, "short"):
            text = self.text("mark")
            could_be = 0 <= name.find(text) <= 31 and len(text) <= 15 if is_mark else is_digits(text, 7, 10)
            need(not could_be, "a text told otherwise")
            return text
        if is_mark:
            start, length = self.choice(m, 5, "start"), self.choice(m, 4, "length")
            text = name[start : start + length]
            need(len(text) == length and name.find(text) == start, "a part told otherwise")
        else:
            rest = 1 + self.choice(m, 2, "digits")
            first = [self.choice(m, 4, "digit", place) for place in range(6)]
            need(max(first) < 10, "no digit")
            text = "".join(map(str, first)) + f"{self.among(10**rest):0{rest}}"
        return self.account(text)

    # 9. Samplings

    def read_samplings(self):
        self.m, self.classes_of, self.lists_in = models(), defaultdict(set), defaultdict(list)
        self.memory_of, self.rosters, self.troubled = defaultdict(lambda: Memory(6)), {}, set()
        # Pools: their firms, and how many of these, which come first, are unseen.
        self.pools = {None: [list(range(len(self.cities))), len(self.cities)]}
        for firm, city in enumerate(self.cities):
            pool = self.pools.setdefault(city, [[], 0])
            pool[0].append(firm)
            pool[1] += 1
        self.samplings = []
        for at, bulletin in enumerate(self.bulletins):
            self.turn_to("sizes", at)
            count = bulletin["rows"]
            if not self.bit(self.m, "all_rows"):
                count = self.number(self.m, "sizes")
                need(count != bulletin["rows"], "a number told otherwise")
            need(len(self.samplings) + count <= self.count["samplings"], "too many samplings")
            self.note("samplings of it", count)
            here = Here(at, bulletin)
            for _ in range(count):
                self.turn_to("samplings", len(self.samplings))
                self.samplings.append(self.sampling(here))
        need(len(self.samplings) == self.count["samplings"], "too few samplings")

    def sampling(self, here):
        row, cls = self.row(here), self.product_class(here)
        firm = self.firm(here, cls)
        facts, failed, day = self.findings(here, cls, firm)
        key = row, facts[5], firm
        need(here.key is None or here.key < key, "rows out of order")
        here.key = key
        self.note("sampling", f"row {row} class {cls} firm {firm} {iso(day)} facts {facts} list {failed}")
        return firm, day, here.at, row, facts[5], cls, facts, failed

    def row(self, here):
        g = self.number(self.m, "gaps", here.gap)
        here.gap, here.row = min(3, g), here.row + {0: 1, 1: 0}.get(g, g)
        need(1 <= here.row <= here.bulletin["rows"], "no such row")
        return here.row

    def product_class(self, here):
        if here.cls is not None:
            here.same_class = self.bit(self.m, "same_class", here.same_class)
            if here.same_class:
                return here.cls
        here.named_here, had, before = [], here.classes, here.cls
        if len(had) > 1 and self.bit(self.m, "known_class"):
            others = [cls for cls in had if cls != before]
            here.cls = others[self.among(len(others))]
            return here.cls
        memory = self.memory_of[("level", here.bulletin["level"]) if before is None else before]
        asked = ((i, cls) for i, cls in enumerate(memory.followers) if cls not in had)
        here.cls = next((cls for i, cls in asked if self.bit(self.m, "follows", i)), None)
        if here.cls is None:
            here.cls = self.among(len(self.classes))
            need(here.cls not in had and here.cls not in memory.followers, "a class told otherwise")
        memory.learn(here.cls)
        had.append(here.cls)
        return here.cls

    def firm(self, here, cls):
        firm = here.firm = self.chosen_firm(here, cls)
        if firm not in here.named:
            here.named.append(firm)
        if firm not in here.named_here:
            here.named_here.append(firm)
            if cls not in self.classes_of[firm]:
                need(len(self.classes_of[firm]) < 1024, "a firm in too many classes")
                self.classes_of[firm].add(cls)
                for key in (cls, (cls, self.cities[firm])):
                    self.roster(key, here.at)[0].append(firm)
        return firm

    def chosen_firm(self, here, cls):
        m, before, named, named_here = self.m, here.firm, here.named, here.named_here
        if before is not None:
            here.same_firm = self.bit(m, "same_firm", not named_here, here.same_firm)
            if here.same_firm:
                return before
        k, n = len(named_here), len(named)
        if k >= 2 and self.bit(m, "class_firm", min(k, 9) - 2):
            return [firm for firm in named_here if firm != before][self.among(k - 1)]
        if n > k and self.bit(m, "named_firm", min(7, (n + 1).bit_length() - 1)):
            firm = named[self.among(n)]
            need(firm != before and firm not in named_here, "a firm told otherwise")
            return firm
        city = here.bulletin["division"] // 100
        is_local = city in self.pools and self.bit(m, "local", here.bulletin["level"], here.local)
        here.local = int(is_local)
        roster = self.roster((cls, city) if is_local else cls, here.at)
        members, free, _ = roster
        if free and self.bit(m, "known_firm", here.local, len(members).bit_length() - 1):
            roster[1] = free - 1
            firm = swapped(members, self.among(free), free - 1)
        else:
            firm = self.firm_new_to_class(m, here.local, city if is_local else None)
            need(cls not in self.classes_of[firm], "a firm told otherwise")
        need(firm not in named and (city in self.pools and self.cities[firm] == city) == is_local, "a firm told otherwise")
        return firm

    def roster(self, key, at):
        """Its members, how many of these, which come first, are free, and in which bulletin that is so."""
        roster = self.rosters.setdefault(key, [[], 0, None])
        if roster[2] != at:
            roster[1:] = len(roster[0]), at
        return roster

    def firm_new_to_class(self, m, local, city):
        pool, unseen = self.pools[city]
        seen = len(pool) - unseen
        if self.bit(m, "seen_firm", local) if seen and unseen else not unseen:
            return pool[unseen + self.among(seen)]
        firm = pool[self.among(unseen)]
        for key in (self.cities[firm], None):
            self.pools[key][1] -= 1
            swapped(self.pools[key][0], self.pools[key][0].index(firm), self.pools[key][1])
        return firm

    def findings(self, here, cls, firm):
        m, plain = self.m, [here.day_from, 0, 0, 0, 0, 0]
        expected = expected_day(plain[0], here.bulletin)
        here.plain = self.bit(m, "plain", here.bulletin["only"], here.plain, firm in self.troubled)
        if here.plain:
            here.role = here.failed = 0
            return plain, 0, self.sampled_day(here) if expected is None else expected
        self.troubled.add(firm)
        day_from = here.day_from = self.choice(m, 2, "day_from", here.day_from)
        role = here.role = self.choice(m, 3, "role", here.role)
        failed = here.failed = self.bit(m, "outcome", here.failed)
        others = [self.choice(m, 2, name, failed) for name in ("retest", "follow_up", "standing")]
        need(day_from < 3 and role < 6 and others[0] < 3, "no such word")
        facts, items = [day_from, failed, *others, role], self.failed_items(m, cls, failed)
        expected = expected_day(day_from, here.bulletin)
        if expected is None:
            day = self.sampled_day(here)
        elif self.bit(m, "as_expected"):
            day = expected
        else:
            day = expected + self.signed(m, "unexpected")
            need(day != expected, "a day told otherwise")
        need(facts != plain or items or expected not in (None, day), "plain findings told otherwise")
        return facts, items, day

    def failed_items(self, m, cls, failed):
        if not self.bit(m, "any_list", failed):
            return 0
        known = self.lists_in[cls]
        if known and self.bit(m, "known_list"):
            return known[self.among(len(known))]
        items = 1 + self.among(self.count["lists"])
        need(items not in known, "a list told otherwise")
        known.append(items)
        return items

    def sampled_day(self, here):
        week = (here.bulletin["day"] + 3) // 7
        w = back = self.choice(self.m, 5, "weeks", here.week)
        if w == 31:
            back = self.signed(self.m, "far_weeks")
            need(not 0 <= back <= 30, "a week told otherwise")
        weekday = self.choice(self.m, 3, "weekdays", here.weekday if w == here.week else 8)
        need(weekday < 7, "no such weekday")
        here.week, here.weekday = w, weekday
        return (week - back) * 7 + weekday - 3

    # 10. Stated tiers

    def histories(self):
        """The samplings of each firm in the order of the edition."""
        own = [[] for _ in self.cities]
        for sampling in sorted(self.samplings, key=lambda sampling: sampling[:5]):
            own[sampling[0]].append(sampling)
        return own

    def read_tiers(self):
        m, self.tiers = models(), []
        for firm, own in enumerate(self.histories()):
            self.turn_to("tiers", firm)
            days = self.as_of - own[0][1] if own else 0
            failed = any(facts[1] for *_, facts, _ in own)
            tier = self.note("stated tier", self.choice(m, 4, failed, max(0, min(15, days // 365))))
            need(tier <= len(self.head["policy"]["tiers"]), "no such tier")
            self.tiers.append(tier - 1 if tier else None)

    # 11. Search alphabet

    def counted(self, part, most):
        self.turn_to("sizes")
        count = self.number()
        need(count <= most, f"too many {part}")
        for at in range(count):
            self.turn_to(part, at)
            yield at

    def read_alphabet(self):
        m, self.spellings, before = models(), [], ""
        for _ in self.counted("spellings", 4096):
            before = self.spelling_after(m, before)
            self.spellings.append(before)
        self.note("spellings", " ".join(self.spellings))
        need(ascend(self.spellings), "spellings out of order")
        m, least, self.readings = models(), 0, {}
        for _ in self.counted("readings", 65520):
            character, least = self.character(m, least)
            count = self.number(m, "counts")
            need(count <= 64, "too many readings")
            read = [self.choice(m, len(self.spellings).bit_length(), "places") for _ in range(count)]
            need(all(place < len(self.spellings) for place in read), "no such spelling")
            self.readings[character] = read
            self.note("read", character + " " + " ".join(self.spellings[place] for place in read))
        used = {place for read in self.readings.values() for place in read}
        need(len(used) == len(self.spellings), "a spelling that nobody has")
        m, self.variants, least, of, far = models(), [], 0, 0, False
        characters = list(self.readings)
        for _ in self.counted("variants", 65520):
            form, least = self.character(m, least)
            step = self.signed(m, "steps", far)
            of, far, kin = of + step, abs(step) > 64, self.choice(m, 2, "kins")
            need(0 <= of < len(characters) and kin < 3, "a variant of nothing")
            need(form != characters[of] and (kin == 2 or form not in self.readings), "no variant")
            self.variants.append([form, characters[of], kin])
            self.note("variant", f"{form} {characters[of]} {kin}")

    def spelling_after(self, m, before):
        shared = self.choice(m, 3, "shared")
        need(shared <= len(before), "more than there is to share")
        spelling = before[:shared]
        while letter := self.choice(m, 5, "letters", ord(spelling[-1]) - 96 if spelling else 0):
            need(letter <= 26 and len(spelling) < 7, "no spelling")
            spelling += chr(96 + letter)
        need(spelling[shared : shared + 1] > before[shared : shared + 1] or not self.spellings, "spellings out of order")
        return spelling

    # What needs the whole edition

    def check_order(self):
        need(ascend([(b["day"], b["id"]) for b in self.bulletins]), "bulletins out of order")
        need(all(b["day"] <= self.as_of for b in self.bulletins), "a bulletin of tomorrow")
        need(ascend(self.classes) and ascend(self.lists) and self.lists[0] == "", "terms out of order")
        need({s[5] for s in self.samplings} == set(range(len(self.classes))), "a class that nobody uses")
        need({0} | {s[7] for s in self.samplings} == set(range(len(self.lists))), "a list that nobody uses")
        need(ascend(self.names[len(self.codes) :]), "names out of order")
        need(all(ascend([s[1:5] for s in own]) for own in self.histories()), "samplings out of order")

    # What is told of an edition

    def dump(self):
        """Every field, a line each, in the order of the edition."""
        def line(value):
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

        yield line(self.head)
        for b in self.bulletins:
            fields = "body level division inspected only rows title url".split()
            yield line([b["id"], iso(b["day"])] + [b[field] for field in fields])
        yield line([self.classes, self.lists])
        for firm, own in enumerate(self.histories()):
            code = self.codes[firm] if firm < len(self.codes) else None
            fields = [code, self.names[firm], self.divisions[firm], self.tiers[firm]]
            fields += [self.columns[column][firm] for column in COLUMNS]
            yield line(fields + [[[iso(day), facts, at, row, cls, failed] for _, day, at, row, _, cls, facts, failed in own]])
        yield line([self.spellings, list(self.readings.items()), self.variants])

    def summary(self):
        hash_ = hashlib.sha256("".join(line + "\n" for line in self.dump()).encode()).hexdigest()
        ends = dict(first=self.names[0] if self.names else None, last=self.names[-1] if self.names else None)
        counts = dict(bulletins=len(self.bulletins), firms=len(self.names), samplings=len(self.samplings))
        return dict(number=self.head["number"], as_of=self.head["as_of"], **counts, **ends, sha256=hash_)


class Here:
    """What the samplings of one bulletin remember of those before."""

    def __init__(self, at, bulletin):
        self.at, self.bulletin, self.key = at, bulletin, None
        self.row, self.gap, self.cls, self.firm = 0, 4, None, None
        self.classes, self.named, self.named_here = [], [], []
        self.same_class = self.same_firm = self.local = self.role = self.failed = 0
        self.plain, self.day_from, self.week, self.weekday = 1, 1, 31, 7


def expected_day(day_from, bulletin):
    if day_from == 0:
        return None
    if day_from == 2 and bulletin["inspected"] is not None:
        return (datetime.date(bulletin["inspected"], 12, 31) - EPOCH).days
    return bulletin["day"]


def swapped(members, a, b):
    """Exchanges two members; gives the first."""
    members[a], members[b] = members[b], members[a]
    return members[b]


def divided(text, tokens):
    at = 0
    while at < len(text):
        part = next((token for token in tokens if token and text.startswith(token, at)), text[at])
        at += len(part)
        yield part


def is_digits(text, least=1, most=20):
    return least <= len(text) <= most and text.isascii() and text.isdigit()


def completed(stem):
    """A credit code with its two check characters."""
    code = "".join(CODE_ALPHABET[value] for value in stem)
    total = sum(w * int(x, 36) for w, x in zip((3, 7, 9, 10, 5, 8, 4, 2), code[8:]))
    code += {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    total = sum(pow(3, i, 31) * CODE_ALPHABET.index(x) for i, x in enumerate(code))
    return code + CODE_ALPHABET[-total % 31]


def judged(read):
    """What a reader says: `ok`, or why not."""
    try:
        read()
        return "ok"
    except Rejected as why:
        return f"rejected: {why}"


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    if sys.argv[1] == "--judge":
        for path in sys.argv[2:]:
            print(judged(lambda: Reader(bytes_of(path))))
        sys.exit()
    reader = Reader(bytes_of(sys.argv[1]), print if "--trace" in sys.argv else None)
    if "--dump" in sys.argv:
        print(*reader.dump(), sep="\n")
    elif "--trace" not in sys.argv:
        print(json.dumps(reader.summary(), ensure_ascii=False))
