"""A second reader of the snapshot format, written from src/snapshot/FORMAT.md alone, with the standard library alone.

    reader.py SNAPSHOT            a summary as JSON, with a SHA-256 over a canonical dump of every field
    reader.py SNAPSHOT --dump     the dump
    reader.py SNAPSHOT --trace    every number, word and text in the order of the format, with the bytes read so far

It is written to be read, not to be fast, and checks what the format asks a reader to check while it reads; the rules
of order that need the whole edition are left to the first reader.
"""
import datetime, hashlib, json, sys, zlib
from collections import defaultdict

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KINDS = {kind: i for i, kind in enumerate("address former_name heading mark name policy term".split())}
M32, M64, EPOCH = 2**32, 2**64, datetime.date(1970, 1, 1)


class Rejected(Exception):
    pass


def need(truth, why):
    if not truth:
        raise Rejected(why)


def iso(day):
    need(-719162 <= day <= 2932896, "a day outside the calendar")
    return (EPOCH + datetime.timedelta(day)).isoformat()


def year_of(day):
    return int(iso(day)[:4])


class Bit:
    def __init__(self):
        self.zero, self.seen = 32768, 0


class Ranks:
    def __init__(self, count):
        self.order, self.often = list(range(count)), [0] * count
        self.lengths = defaultdict(Bit)


class Memory:
    def __init__(self, most):
        self.most, self.followers, self.right = most, [], 0

    def learn(self, x):
        if self.followers[:1] == [x]:
            self.right = min(7, self.right + 1)
            return
        self.right //= 2
        self.followers = ([x] + [known for known in self.followers if known != x])[: self.most]


class Coder:
    """The range coder and the models that need nothing else."""

    def __init__(self, content):
        self.content, self.at, self.range = content, 8, M64 - 1
        need(len(content) >= 8, "truncated content")
        self.code = int.from_bytes(content[:8], "big")

    def widen(self):
        if self.range < M32:
            need(self.at + 4 <= len(self.content), "truncated content")
            digit = int.from_bytes(self.content[self.at : self.at + 4], "big")
            self.range, self.code, self.at = self.range * M32, (self.code * M32 + digit) % M64, self.at + 4

    def bit(self, m):
        bound, rate = (self.range >> 16) * m.zero, 131072 // (2 * m.seen + 3)
        found = self.code >= bound
        if found:
            self.code, self.range = self.code - bound, self.range - bound
            m.zero -= m.zero * rate // 65536
        else:
            self.range = bound
            m.zero += (65535 - m.zero) * rate // 65536
        m.seen = min(255, m.seen + 1)
        self.widen()
        return int(found)

    def among(self, count):
        need(count > 0, "a choice among none")
        if count == 1:
            return 0
        if count > 2**24:
            number = self.among((count - 1) // 2**24 + 1) * 2**24
            number += self.among(2**24)
        else:
            self.range //= count
            number = self.code // self.range
            self.code -= self.range * number
            self.widen()
        need(number < count, "a number beyond its count")
        return number

    def choice(self, m, width, context=()):
        node = 1
        for _ in range(width):
            node = 2 * node + self.bit(m[context, node])
        return node - 2**width

    def number(self, m=None):
        m = defaultdict(Bit) if m is None else m
        length, node = 0, 1
        while length < 31 and self.bit(m["length", length]):
            length += 1
        for _ in range(min(3, length)):
            node = 2 * node + self.bit(m[length, node])
        tail = length - min(3, length)
        return node * 2**tail + self.among(2**tail) - 1

    def signed(self, m=None):
        folded = self.number(m)
        return -1 - folded // 2 if folded % 2 else folded // 2

    def ranks(self, m):
        length = self.choice(m.lengths, 4)
        rank = 2**length + self.among(2**length) - 1
        need(rank < len(m.order), "a rank beyond the symbols")
        symbol = m.order[rank]
        if m.often[symbol] < 1023:
            first = next(i for i, other in enumerate(m.order) if m.often[other] == m.often[symbol])
            m.order[first], m.order[rank] = symbol, m.order[first]
            m.often[symbol] += 1
        return symbol


def bits():
    return defaultdict(Bit)


class Reader(Coder):
    def __init__(self, data, trace=None):
        need(data[:6] == "红榜".encode(), "no snapshot")
        need(data[6:8] == b"\0\1", "another version")
        need(data[8:9] == b"\1", "another section")
        need(len(data) >= 17 and len(data) == 17 + int.from_bytes(data[9:13], "big"), "another length")
        need(zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "big"), "damaged")
        super().__init__(data[13:-4])
        self.tracer, self.length = trace, len(data) - 17
        self.read()
        need(self.at == len(self.content) and self.code == 0, "bytes that no writer makes")
        need(self.characters == 0 and len(self.used) == len(self.letters), "another alphabet or number of characters")

    def note(self, what, value):
        if self.tracer:
            self.tracer(f"{13 + self.at:6} {what:24} {value}")
        return value

    def read(self):
        self.read_counts()
        self.read_head()
        self.read_bulletins()
        self.classes = [self.note("product class", self.text("term")) for _ in range(self.count["classes"])]
        self.lists = [self.note("failed items", self.text("term")) for _ in range(self.count["lists"] + 1)]
        self.read_codes()
        self.read_divisions()
        self.read_texts()
        self.read_samplings()
        self.read_tiers()
        self.read_alphabet()

    def read_counts(self):
        limits = dict(bulletins=2**18, classes=2**18, lists=2**18, firms=2**21, coded=2**21, samplings=2**25)
        limits |= dict(alphabet=65520, characters=2**28)
        self.count = {name: self.note(name, self.number()) for name in limits}
        need(all(self.count[name] <= most for name, most in limits.items()), "a count beyond its limit")
        c = self.count
        need(c["coded"] <= c["firms"], "more codes than firms")
        self.bits = max(12, min(18, max(2, c["characters"]).bit_length() - 2))
        cost = 320 * c["bulletins"] + 32 * (c["classes"] + c["lists"]) + 160 * (c["firms"] + c["samplings"])
        cost += 64 * c["alphabet"] + 8 * c["characters"] + 24 * 2**self.bits
        need(cost <= 128 * self.length + 16777216, "too much for so few bytes")
        gaps, code_point, self.letters = bits(), -1, []
        for _ in range(c["alphabet"]):
            code_point += 1 + self.number(gaps)
            need(code_point < 0xD800 or 0xE000 <= code_point <= 0x10FFFF, "no character")
            self.letters.append(chr(code_point))
        self.note("alphabet", "".join(self.letters))
        self.characters, self.used = c["characters"], set()
        self.memories, self.text_bits = defaultdict(lambda: Memory(3)), bits()
        self.spelling = [Ranks(c["alphabet"] + 7) for _ in KINDS]

    def text(self, kind, hint=0, tokens=()):
        s, found, symbols = [2**20 + hint] + [2**21 + KINDS[kind]] * 2, "", []
        while True:
            symbol = self.symbol(kind, s)
            s = [symbol] + s[:2]
            if symbol == 0:
                break
            is_letter = symbol <= len(self.letters)
            need(is_letter or tokens and tokens[symbol - len(self.letters) - 1], "a token without a meaning")
            part = self.letters[symbol - 1] if is_letter else tokens[symbol - len(self.letters) - 1]
            found += self.account(part)
            symbols.append(part)
        need(not tokens or symbols == list(divided(found, tokens)), "a text told otherwise")
        return found

    def account(self, text):
        self.characters -= len(text)
        self.used.update(text)
        need(self.characters >= 0 and self.used <= set(self.letters), "characters that were not announced")
        return text

    def symbol(self, kind, s):
        hash_, memories = 0, []
        for order, before in enumerate(s):
            hash_ = (hash_ ^ before) * 0x9E3779B1 % M32
            hash_ ^= hash_ >> 15
            place = (hash_ * 0x85EBCA6B % M32) >> (32 - self.bits + (2 if order == 0 else 0))
            memories.append(self.memories[order, place])
        found = self.foretold_or_spelt(kind, memories)
        for memory in memories:
            memory.learn(found)
        return found

    def foretold_or_spelt(self, kind, memories):
        m, foretold = self.text_bits, []
        for memory in reversed(memories):
            foretold += [x for x in memory.followers if x not in foretold]
        n = len(foretold)
        if n:
            order = max(o for o in range(3) if memories[o].followers)
            memory = memories[order]
            if self.bit(m["likeliest", order, memory.right, len(memory.followers)]):
                return foretold[0]
            if n > 1 and self.bit(m["any", order, memory.right, n]):
                for i, x in enumerate(foretold[1:-1]):
                    if self.bit(m["others", n, i]):
                        return x
                return foretold[-1]
        spelt = self.ranks(self.spelling[KINDS[kind]])
        need(spelt not in foretold, "a symbol told otherwise")
        return spelt

    def word(self, what, *words):
        number = self.number()
        need(number < len(words), "no such word")
        return self.note(what, words[number])

    def read_head(self):
        self.head = h = dict(number=self.note("number", self.number()))
        self.as_of = self.signed()
        h["as_of"] = self.note("as of", iso(self.as_of))
        h["scope"] = self.word("scope", "listed", "inspected")
        h["reality"] = self.word("reality", "real", "demo")
        h["policy"] = p = dict(name=self.note("name", self.text("policy", 0)), label=self.note("label", self.text("policy", 1)))
        p["continuity"] = self.word("continuity", "elapsed", "spanned", "distinct-years", "every-year")
        p["max_gap_months"] = self.note("longest silence", self.number())
        p["min_samplings"] = self.note("fewest samplings", self.number())
        p["data_from"] = self.note("data from", iso(self.signed()))
        p["division"] = self.note("division", self.text("policy", 2))
        m, roles = bits(), "producer principal contractor filler importer dealer".split()
        p["responsible_roles"] = self.note("responsible roles", [role for role in roles if self.choice(m, 1)])
        p["pending"] = self.word("pending", "ignored", "counted")
        p["disowned"] = self.word("disowned", "ignored", "counted")
        p["corrected_failure"] = self.word("corrected failure", "stays", "ignored")
        tiers = range(self.choice(bits(), 4))
        p["tiers"] = [[self.note("years", self.number()), self.note("tier", self.text("policy", 3))] for _ in tiers]

    def read_bulletins(self):
        days, issuers, divisions, years, rows, levels, lists, year = (bits() for _ in range(8))
        known, self.bulletins = [], []
        for _ in range(self.count["bulletins"]):
            day = self.bulletins[-1]["day"] + self.number(days) if self.bulletins else self.as_of + self.signed()
            self.note("bulletin of", iso(day))
            issuer = self.number(issuers) - 1
            if issuer < 0:
                level, division = self.choice(levels, 2), self.number(divisions)
                need(division < 10**6, "no division")
                new, issuer = (level, division, self.text("heading")), len(known)
                need(new not in known and issuer < 8192, "an issuer told otherwise")
                known.append(new)
            need(issuer < len(known), "no such issuer")
            level, division, body = known[issuer]
            self.note("issuer", f"{body} {division:06} level {level}")
            inspected = year_of(day) - self.signed(years) if self.bit(year[()]) else None
            self.note("inspection year", inspected)
            only = self.note("failures only", self.choice(lists, 1, level))
            count = self.note("rows", self.number(rows))
            dashed = iso(day)
            plain = dashed.replace("-", "")
            tokens = [dashed, plain, f"{division:06}", plain[:6], "" if inspected is None else f"{inspected:04}", plain[:4]]
            title = self.note("title", self.text("heading", issuer, tokens))
            id_ = self.note("id", self.text("address", issuer, tokens))
            url = self.note("address", self.text("address", issuer, tokens))
            names = "day level division body inspected only rows title id url".split()
            self.bulletins.append(dict(zip(names, (day, level, division, body, inspected, only, count, title, id_, url))))

    def read_codes(self):
        shared, differing, following, is_number = bits(), bits(), bits(), bits()
        stem, same, self.codes = None, 0, []
        kind = lambda stem, place: int(place > 8 and stem[8] == 20)
        for _ in range(self.count["coded"]):
            before, stem = stem, []
            if before:
                same = self.choice(shared, 4, same)
                stem = before[:same] + [self.choice(differing, 5, (same, before[same]))]
                need(stem[same] > before[same], "codes out of order")
            tail = max(len(stem) + 1, 10)
            while len(stem) < 16:
                place = len(stem)
                if place == tail and self.bit(is_number[kind(stem, tail)]):
                    digits = self.among(10 ** (16 - tail))
                    stem += [int(digit) for digit in f"{digits:0{16 - tail}}"]
                    break
                stem.append(self.choice(following, 5, (kind(stem, place), place, stem[-1] if stem else 31)))
            else:
                need(tail >= 16 or not all(value < 10 for value in stem[tail:]), "digits told otherwise")
            need(31 not in stem, "no character of a code")
            self.codes.append(self.note("code", completed(stem)))

    def read_divisions(self):
        as_last, way, last, self.divisions = Bit(), bits(), {}, []
        for firm in range(self.count["firms"]):
            inside = self.codes[firm][2:8] if firm < len(self.codes) else ""
            c = int(inside) if inside.isdigit() else None
            if c in last and self.bit(as_last):
                division = last[c]
            else:
                how = self.choice(way, 2)
                need(how in (0, 3) or c is not None, "a division told otherwise")
                city = None if c is None else c // 100 * 100
                division = [lambda: None, lambda: c, lambda: city, lambda: self.among(10**6)][how]()
                firsts = [division is None, division == c, division == city, True]
                need(firsts.index(True) == how and (c not in last or last[c] != division), "a division told otherwise")
            last[c] = division
            self.divisions.append(self.note("division", division))
        self.cities = [0 if division is None else division // 100 for division in self.divisions]

    def read_samplings(self):
        self.m, self.classes_of, self.failed_in = bits(), defaultdict(set), defaultdict(list)
        self.memory_of, self.rosters, self.troubled = defaultdict(lambda: Memory(6)), {}, set()
        self.pools = {None: [list(range(self.count["firms"])), self.count["firms"]]}
        for firm, city in enumerate(self.cities):
            pool = self.pools.setdefault(city, [[], 0])
            pool[0].append(firm)
            pool[1] += 1
        self.samplings = []
        for at, bulletin in enumerate(self.bulletins):
            count = bulletin["rows"]
            if not self.bit(self.m["all_rows"]):
                count = self.number(models(self.m, "sizes"))
                need(count != bulletin["rows"], "a number told otherwise")
            need(len(self.samplings) + count <= self.count["samplings"], "too many samplings")
            self.note("samplings of it", count)
            here = dict(at=at, row=0, g=4, firm=None, classes=[], cls=None, same_class=0, same_firm=0, local=0)
            here |= dict(named=[], named_here=[], plain=1, day_from=1, role=0, f=0, week=31, weekday=7)
            key = (0, 0, 0)
            for _ in range(count):
                row, cls = self.row(here, bulletin), self.cls(here, bulletin)
                firm = self.firm(here, bulletin, cls)
                facts, failed, day = self.findings(here, bulletin, cls, firm)
                need(key == (0, 0, 0) or key < (row, facts[5], firm), "rows out of order")
                key = (row, facts[5], firm)
                self.samplings.append((firm, day, at, row, facts[5], cls, facts, failed))
                self.note("sampling", f"row {row} class {cls} firm {firm} {iso(day)} facts {facts} list {failed}")
        need(len(self.samplings) == self.count["samplings"], "too few samplings")
        self.samplings.sort(key=lambda sampling: sampling[:5])

    def row(self, here, bulletin):
        g = self.number(models(self.m, "gaps", here["g"]))
        here["g"], here["row"] = min(3, g), here["row"] + {0: 1, 1: 0}.get(g, g)
        need(1 <= here["row"] <= bulletin["rows"], "no such row")
        return here["row"]

    def cls(self, here, bulletin):
        if here["cls"] is not None:
            here["same_class"] = self.bit(self.m["same_class", here["same_class"]])
            if here["same_class"]:
                return here["cls"]
        here["named_here"], had = [], here["classes"]
        if len(had) > 1 and self.bit(self.m["known_class"]):
            others = [cls for cls in had if cls != here["cls"]]
            here["cls"] = others[self.among(len(others))]
            return here["cls"]
        memory = self.memory_of[("level", bulletin["level"]) if here["cls"] is None else here["cls"]]
        for i, cls in enumerate(memory.followers):
            if cls not in had and self.bit(self.m["follows", i]):
                break
        else:
            cls = self.among(len(self.classes))
            need(cls not in had and cls not in memory.followers, "a class told otherwise")
        memory.learn(cls)
        had.append(cls)
        here["cls"] = cls
        return cls

    def firm(self, here, bulletin, cls):
        firm = self.chosen_firm(here, bulletin, cls)
        if firm not in here["named"]:
            here["named"].append(firm)
        if firm not in here["named_here"]:
            here["named_here"].append(firm)
            if cls not in self.classes_of[firm]:
                need(len(self.classes_of[firm]) < 1024, "a firm in too many classes")
                self.classes_of[firm].add(cls)
                for key in (cls, (cls, self.cities[firm])):
                    self.roster(key, here["at"])[0].append(firm)
        here["firm"] = firm
        return firm

    def chosen_firm(self, here, bulletin, cls):
        m, before, named, named_here = self.m, here["firm"], here["named"], here["named_here"]
        if before is not None:
            here["same_firm"] = self.bit(m["same_firm", not named_here, here["same_firm"]])
            if here["same_firm"]:
                return before
        k = len(named_here)
        if k >= 2 and self.bit(m["class_firm", min(k, 9) - 2]):
            return [firm for firm in named_here if firm != before][self.among(k - 1)]
        n = len(named)
        if n > k and self.bit(m["named_firm", min(7, (n + 1).bit_length() - 1)]):
            firm = named[self.among(n)]
            need(firm != before and firm not in named_here, "a firm told otherwise")
            return firm
        city = bulletin["division"] // 100
        local = here["local"] = city in self.pools and self.bit(m["local", bulletin["level"], here["local"]])
        roster = self.roster((cls, city) if local else cls, here["at"])
        members, free, _ = roster
        if free and self.bit(m["known_firm", bool(local), len(members).bit_length() - 1]):
            at = self.among(free)
            firm, roster[1] = members[at], free - 1
            members[at], members[free - 1] = members[free - 1], firm
        else:
            pool, unseen = self.pools[city if local else None]
            seen = len(pool) - unseen
            was_seen = self.bit(m["seen_firm", bool(local)]) if seen and unseen else not unseen
            firm = pool[unseen + self.among(seen)] if was_seen else pool[self.among(unseen)]
            need(cls not in self.classes_of[firm], "a firm told otherwise")
            if not was_seen:
                for key in (self.cities[firm], None):
                    pool = self.pools[key]
                    at, pool[1] = pool[0].index(firm), pool[1] - 1
                    pool[0][at], pool[0][pool[1]] = pool[0][pool[1]], firm
        is_local = city in self.pools and self.cities[firm] == city
        need(firm not in named and is_local == bool(local), "a firm told otherwise")
        return firm

    def roster(self, key, at):
        roster = self.rosters.setdefault(key, [[], 0, None])
        if roster[2] != at:
            roster[1:] = len(roster[0]), at
        return roster

    def findings(self, here, bulletin, cls, firm):
        m, plain = self.m, [here["day_from"], 0, 0, 0, 0, 0]
        expect = lambda day_from: None if day_from == 0 else self.expected_day(day_from, bulletin)
        here["plain"] = self.bit(m["plain", bulletin["only"], here["plain"], firm in self.troubled])
        if here["plain"]:
            here["role"] = here["f"] = 0
            expected = expect(plain[0])
            return plain, 0, self.sampled_day(here, bulletin) if expected is None else expected
        self.troubled.add(firm)
        day_from = self.choice(models(m, "day_from"), 2, here["day_from"])
        role = self.choice(models(m, "role"), 3, here["role"])
        f = self.bit(m["outcome", here["f"]])
        rest = [self.choice(models(m, name), 2, f) for name in ("retest", "follow_up", "standing")]
        need(day_from < 3 and role < 6 and rest[0] < 3, "no such word")
        facts, failed, known = [day_from, f] + rest + [role], 0, self.failed_in[cls]
        if self.bit(m["any_list", f]):
            if known and self.bit(m["known_list"]):
                failed = known[self.among(len(known))]
            else:
                failed = 1 + self.among(self.count["lists"])
                need(failed not in known, "a list told otherwise")
                known.append(failed)
        expected = expect(day_from)
        if expected is None:
            day = self.sampled_day(here, bulletin)
        elif self.bit(m["as_expected"]):
            day = expected
        else:
            day = expected + self.signed(models(m, "unexpected"))
            need(day != expected, "a day told otherwise")
        need(facts != plain or failed or expected not in (None, day), "plain findings told otherwise")
        here["f"], here["day_from"], here["role"] = f, day_from, role
        return facts, failed, day

    def expected_day(self, day_from, bulletin):
        if day_from == 2 and bulletin["inspected"] is not None:
            return (datetime.date(bulletin["inspected"], 12, 31) - EPOCH).days
        return bulletin["day"]

    def sampled_day(self, here, bulletin):
        week = (bulletin["day"] + 3) // 7
        w = back = self.choice(models(self.m, "weeks"), 5, here["week"])
        if w == 31:
            back = self.signed(models(self.m, "far_weeks"))
            need(not 0 <= back <= 30, "a week told otherwise")
        weekday = self.choice(models(self.m, "weekdays"), 3, here["weekday"] if w == here["week"] else 8)
        need(weekday < 7, "no such weekday")
        here["week"], here["weekday"] = w, weekday
        return (week - back) * 7 + weekday - 3

    def read_tiers(self):
        own = defaultdict(list)
        for firm, day, *_, facts, _ in self.samplings:
            own[firm].append((day, facts[1]))
        m, self.tiers = bits(), []
        for firm in range(self.count["firms"]):
            days = self.as_of - own[firm][0][0] if own[firm] else 0
            context = (any(f for _, f in own[firm]), max(0, min(15, days // 365)))
            tier = self.note("stated tier", self.choice(m, 4, context))
            need(tier <= len(self.head["policy"]["tiers"]), "no such tier")
            self.tiers.append(tier - 1 if tier else None)

    def read_alphabet(self):
        def counted(what, most):
            count = self.number()
            need(count <= most, f"too many {what}")
            return range(count)

        shared, letters, self.spellings, before = bits(), bits(), [], ""
        for _ in counted("spellings", 4096):
            same = self.choice(shared, 3)
            need(same <= len(before), "more than there is to share")
            spelling, letter = before[:same], None
            while letter := self.choice(letters, 5, ord(spelling[-1]) - 96 if spelling else 0):
                need(letter <= 26 and len(spelling) < 7, "no spelling")
                spelling += chr(96 + letter)
            need(not self.spellings or spelling[same : same + 1] > before[same : same + 1], "spellings out of order")
            self.spellings.append(spelling)
            before = spelling
        self.note("spellings", " ".join(self.spellings))
        gaps, counts, places, least, used = bits(), bits(), bits(), 0, set()
        self.characters_read = {}
        for _ in counted("characters", 65520):
            character, least = self.character(gaps, least)
            count = self.number(counts)
            need(count <= 64, "too many readings")
            read = [self.choice(places, len(self.spellings).bit_length()) for _ in range(count)]
            need(all(place < len(self.spellings) for place in read), "no such spelling")
            used.update(read)
            self.characters_read[character] = read
            self.note("read", character + " " + " ".join(self.spellings[place] for place in read))
        need(len(used) == len(self.spellings), "a spelling that nobody has")
        characters, gaps, steps, kins = list(self.characters_read), bits(), (bits(), bits()), bits()
        self.variants, least, of, far = [], 0, 0, False
        for _ in counted("variants", 65520):
            form, least = self.character(gaps, least)
            step = self.signed(steps[far])
            of, far = of + step, abs(step) > 64
            kin = self.choice(kins, 2)
            need(0 <= of < len(characters) and kin < 3, "a variant of nothing")
            need(form != characters[of] and (kin == 2 or form not in self.characters_read), "no variant")
            self.variants.append([form, characters[of], kin])
            self.note("variant", f"{form} {characters[of]} {kin}")

    def character(self, gaps, least):
        code_point = least + self.number(gaps)
        need(code_point < 0xD800 or 0xE000 <= code_point <= 0x10FFFF, "no character")
        return chr(code_point), code_point + 1

    def read_texts(self):
        self.names = [self.note("name", self.text("name", city)) for city in self.cities]
        self.columns = {}
        for column in "former_names trade_marks gs1_prefixes labels".split():
            m, y, texts = bits(), 0, []
            for firm, city in enumerate(self.cities):
                y = self.bit(m["there", y])
                texts.append(self.note(column, self.optional(column, m, firm, city)) if y else "")
            self.columns[column] = texts

    def optional(self, column, m, firm, city):
        if column in ("former_names", "labels"):
            text = self.text("former_name" if column == "former_names" else "mark", city)
            need(text, "an empty text told otherwise")
            return text
        name, short = self.names[firm], is_part if column == "trade_marks" else is_digits
        if self.bit(m["short"]) and column == "trade_marks":
            s, l = self.choice(models(m, "start"), 5), self.choice(models(m, "length"), 4)
            text = name[s : s + l]
            need(l == len(text) > 0 and name.find(text) == s, "a part told otherwise")
        elif m["short"].last:
            length = 7 + self.choice(models(m, "start"), 2)
            text = ""
            for place in range(6):
                digit = self.choice(models(m, "digit"), 4, place)
                need(digit < 10, "no digit")
                text += str(digit)
            text += f"{self.among(10 ** (length - 6)):0{length - 6}}"
        else:
            text = self.text("mark")
            need(text and not short(name, text), "a text told otherwise")
            return text
        return self.account(text)

    def bit(self, m):
        m.last = super().bit(m)
        return m.last

    def dump(self):
        """Every field, a line each, in the order of the edition."""
        yield json.dumps(self.head, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for b in self.bulletins:
            fields = [b["id"], iso(b["day"]), b["body"], b["level"], b["division"], b["inspected"], b["only"], b["rows"]]
            yield json.dumps(fields + [b["title"], b["url"]], ensure_ascii=False, separators=(",", ":"))
        yield json.dumps([self.classes, self.lists], ensure_ascii=False, separators=(",", ":"))
        own = defaultdict(list)
        for firm, day, bulletin, row, _, cls, facts, failed in self.samplings:
            own[firm].append([iso(day), facts, bulletin, row, cls, failed])
        for firm, name in enumerate(self.names):
            code = self.codes[firm] if firm < len(self.codes) else None
            fields = [code, name, self.divisions[firm], self.tiers[firm]]
            fields += [self.columns[column][firm] for column in "former_names trade_marks gs1_prefixes labels".split()]
            yield json.dumps(fields + [own[firm]], ensure_ascii=False, separators=(",", ":"))
        alphabet = [self.spellings, list(self.characters_read.items()), self.variants]
        yield json.dumps(alphabet, ensure_ascii=False, separators=(",", ":"))

    def summary(self):
        hash_ = hashlib.sha256("".join(line + "\n" for line in self.dump()).encode()).hexdigest()
        ends = dict(first=self.names[0] if self.names else None, last=self.names[-1] if self.names else None)
        counts = dict(bulletins=len(self.bulletins), firms=len(self.names), samplings=len(self.samplings))
        return dict(number=self.head["number"], as_of=self.head["as_of"], **counts, **ends, sha256=hash_)


def models(m, *name):
    """The bits of one number or choice among those of a section."""
    return m.setdefault(("models",) + name, bits())


def divided(text, tokens):
    at = 0
    while at < len(text):
        part = next((token for token in tokens if token and text.startswith(token, at)), text[at])
        at += len(part)
        yield part


def is_part(name, text):
    return 0 <= name.find(text) <= 31 and 1 <= len(text) <= 15


def is_digits(_, text):
    return 7 <= len(text) <= 10 and text.isascii() and text.isdigit()


def completed(stem):
    code = "".join(ALPHABET[value] for value in stem)
    total = sum(w * int(x, 36) for w, x in zip((3, 7, 9, 10, 5, 8, 4, 2), code[8:]))
    code += {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    total = sum(pow(3, i, 31) * ALPHABET.index(x) for i, x in enumerate(code))
    return code + ALPHABET[-total % 31]


if __name__ == "__main__":
    reader = Reader(open(sys.argv[1], "rb").read(), print if "--trace" in sys.argv else None)
    if "--dump" in sys.argv:
        print(*reader.dump(), sep="\n")
    elif "--trace" not in sys.argv:
        print(json.dumps(reader.summary(), ensure_ascii=False))
