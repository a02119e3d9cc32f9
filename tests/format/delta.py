"""A second reader of deltas, written from src/snapshot/DELTA.md, with `reader.py` for what a delta shares with a snapshot.

    delta.py OLD DELTA NEW            `ok`, if NEW and nothing else comes of OLD and DELTA
    delta.py OLD DELTA NEW --trace    everything that the delta tells, in its order, with the bytes read so far
    delta.py --judge OLD NEW DELTA…   a line for each delta: `ok`, or `rejected` and why

It writes no snapshot: it walks over NEW and reads every decision that is not known in DELTA as well, where it must be
the same; and sees that what is known is as in OLD. So it needs no writer to be a witness.
"""
import sys

from reader import COLUMNS, Coder, Reader, bytes_of, content, judged, models, need

OF_FIRMS = ["divisions", "names", *COLUMNS, "tiers"]


class DeltaReader(Reader):
    def __init__(self, old_bytes, delta_bytes, new_bytes, trace=None):
        told = content(delta_bytes, tag=2)
        need(told[:4] == old_bytes[-4:], "a delta from another edition")
        need(told[4:8] == new_bytes[-4:], "a delta to another edition")
        self.old, self.told, self.known = Reader(old_bytes), Coder(told[8:]), False
        self.length = len(old_bytes) + len(told) - 8
        super().__init__(new_bytes, trace)
        self.check_known()

    # Both files in step

    def decision(self, zero):
        found = super().decision(zero)
        need(self.known or self.told.decision(zero) == found, "another decision than the new edition's")
        return found

    def few(self, count):
        found = super().few(count)
        need(self.known or self.told.few(count) == found, "another number than the new edition's")
        return found

    def finish(self):
        super().finish()
        self.told.finish()

    def note(self, what, value):
        if self.trace and not self.known:
            self.trace(f"{21 + self.told.at:6} {what:24} {value}")
        return value

    def turn_to(self, part, at=0):
        # How many there are of a list, the plan says; the head is always told.
        self.known = part == "sizes" or part != "head" and self.knows[part][at]

    # The plan

    def read_counts(self):
        super().read_counts()
        need(self.cost <= 128 * self.length + 16777216, "too much for so few bytes")
        self.read_plan()

    def read_plan(self):
        old, c = self.old, self.count
        self.policy_stays = self.note("the policy stays", bool(self.told.bit(models(), "policy")))
        self.plan = plan = {}
        coded, firms = len(old.codes), len(old.cities)
        plan["letters"] = self.merge("characters", range(len(old.letters)), c["alphabet"])
        plan["bulletins"] = self.merge("bulletins", range(len(old.bulletins)), c["bulletins"])
        plan["classes"] = self.merge("product classes", range(len(old.classes)), c["classes"])
        plan["lists"] = self.merge("failed items", range(len(old.lists)), c["lists"] + 1)
        plan["firms"] = self.merge("firms with a code", range(coded), c["coded"])
        plan["firms"] += self.merge("firms without", range(coded, firms), c["firms"] - c["coded"])
        plan["spellings"] = self.merge("spellings", range(len(old.spellings)), None, 4096)
        plan["readings"] = self.merge("characters read", range(len(old.readings)), None, 65520)
        plan["variants"] = self.merge("variants", range(len(old.variants)), None, 65520)
        stays = {part: [place is not None for place in merge] for part, merge in plan.items()}
        self.knows = {part: stays[part] for part in ("letters", "classes", "lists", "spellings")}
        self.knows |= dict(codes=stays["firms"], policy=[self.policy_stays])
        self.knows["bulletins"] = self.same("bulletins", "bulletins")
        self.knows |= {column: self.same("firms", column) for column in OF_FIRMS}
        self.knows |= {part: self.same(part, part) for part in ("readings", "variants")}
        self.read_plan_of_samplings()

    def merge(self, what, places, count, most=None, m=None, unsettled=lambda place: 0):
        """For each entry of the new list its place in the old one, `None` for a fresh one."""
        m, most, merge, y = models() if m is None else m, count if most is None else most, [], 0
        fresh = self.told.number(m, "fresh")
        need(fresh <= most, "more fresh entries than there may be entries")
        for place in places:
            while fresh:
                y = self.told.bit(m, "is_fresh", y)
                if not y:
                    break
                merge.append(None)
                fresh -= 1
            if self.told.bit(m, "stays", unsettled(place)):
                merge.append(place)
        merge += [None] * fresh
        need(len(merge) == count if count is not None else len(merge) <= most, "a list of another length")
        went = [place for place in places if place not in set(merge)]
        fresh = [at for at, place in enumerate(merge) if place is None]
        self.note(what, f"{len(merge) - len(fresh)} stay, of the old go {went}, of the new are fresh {fresh}")
        return merge

    def same(self, part, what):
        m = models()
        same = [place is not None and bool(self.told.bit(m, "same")) for place in self.plan[part]]
        other = [at for at, place in enumerate(self.plan[part]) if place is not None and not same[at]]
        self.note(what, f"as before but for {other}")
        return same

    def read_plan_of_samplings(self):
        old, m_old, m_fresh, self.stays = self.old, models(), models(), []
        inverse = {part: {place: at for at, place in enumerate(self.plan[part]) if place is not None}
                   for part in ("firms", "bulletins", "classes", "lists")}
        firms, bulletins, classes, lists = inverse.values()
        self.moved = {at: (firms[s[0]], s[1], bulletins[s[2]], s[3], s[4], classes[s[5]], s[6], lists[s[7]])
                      for at, s in enumerate(old.samplings)
                      if s[0] in firms and s[2] in bulletins and s[5] in classes and s[7] in lists}
        may_stay = [[] for _ in self.plan["bulletins"]]
        for at, sampling in self.moved.items():
            may_stay[sampling[2]].append(at)
        self.sizes = []
        for places, old_bulletin in zip(may_stay, self.plan["bulletins"]):
            m, left = m_fresh if old_bulletin is None else m_old, self.count["samplings"] - len(self.stays)
            merge = self.merge("samplings", places, None, left, m, lambda at: int(old.samplings[at][6][4] != 0))
            self.sizes.append(len(merge))
            self.stays += merge
        need(len(self.stays) == self.count["samplings"], "too few samplings")
        self.knows["samplings"] = [place is not None for place in self.stays]

    # What is known

    def check_known(self):
        old = self.old
        need(not self.policy_stays or self.head["policy"] == old.head["policy"], "another policy")
        self.check("letters", "letters", self.letters, old.letters)
        self.check("bulletins", "bulletins", self.bulletins, old.bulletins)
        self.check("classes", "classes", self.classes, old.classes)
        self.check("lists", "lists", self.lists, old.lists)
        without = [None] * len(self.cities)
        self.check("firms", "codes", self.codes + without, old.codes + [None] * len(old.cities))
        columns = [vars(self) | self.columns, vars(old) | old.columns]
        for column in OF_FIRMS:
            self.check("firms", column, *(there[column] for there in columns))
        self.check("spellings", "spellings", self.spellings, old.spellings)
        self.check("readings", "readings", *map(spelt, (self, old)))
        self.check("variants", "variants", self.variants, old.variants)
        for place, sampling in zip(self.stays, self.samplings):
            need(place is None or self.moved[place] == sampling, "another sampling than the one that stays")
        sizes = [sum(sampling[2] == at for sampling in self.samplings) for at in range(len(self.bulletins))]
        need(sizes == self.sizes, "another number of samplings")
        need([len(self.spellings), len(self.readings), len(self.variants)]
             == [len(self.plan[part]) for part in ("spellings", "readings", "variants")], "another search alphabet")

    def check(self, part, what, new, old):
        for at, place in enumerate(self.plan[part]):
            need(not self.knows[what][at] or new[at] == old[place], f"{what}: another entry than the one that stays")


def spelt(reader):
    return [[character, [reader.spellings[place] for place in read]] for character, read in reader.readings.items()]


if __name__ == "__main__":
    if sys.argv[1] == "--judge":
        old, new = map(bytes_of, sys.argv[2:4])
        for path in sys.argv[4:]:
            print(judged(lambda: DeltaReader(old, bytes_of(path), new)))
    else:
        old, delta, new = map(bytes_of, sys.argv[1:4])
        trace = print if "--trace" in sys.argv else None
        DeltaReader(old, delta, new, trace)
        if not trace:
            print("ok")
