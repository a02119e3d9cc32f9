"""A second reader of deltas, from src/snapshot/DELTA.md, with `reader.py` for what it shares with a snapshot.

    delta.py trace OLD NEW DELTA     what the delta tells, in its order, with the bytes read so far
    delta.py judge OLD NEW DELTA…    a line for each delta: `ok`, or `rejected` and the check that failed

It writes no snapshot: it walks over NEW and reads every decision that is not known in the delta as well, where it must
be the same; and sees that what is known is as in OLD. So it needs no writer to be a witness.
"""
import sys
from pathlib import Path

from reader import COLUMNS, Coder, Reader, content, judged, need

# The lists of the walk, each with the list of the plan that tells which of its entries stay.
KNOWN_IF_IT_STAYS = dict(letters="letters", classes="classes", lists="lists", codes="firms", spellings="spellings")
KNOWN_IF_THE_SAME = dict(bulletins="bulletins", **dict.fromkeys(["divisions", *COLUMNS, "tiers"], "firms"),
                         readings="readings", variants="variants")


class DeltaReader(Reader):
    def __init__(self, old, new, delta, trace=None):
        told = content(delta, tag=2)
        need(told[:8] == old[-4:] + new[-4:])
        self.old, self.delta, self.known = Reader(old), Coder(told[8:]), False
        self.allowance = 128 * (len(old) + len(told) - 8) + 16777216
        super().__init__(new, trace)
        self.check_known()

    def decision(self, zero):
        found = super().decision(zero)
        need(self.known or self.delta.decision(zero) == found)
        return found

    def among(self, count):
        found = super().among(count)
        need(self.known or self.delta.among(count) == found)
        return found

    def finish(self):
        super().finish()
        self.delta.finish()

    def note(self, what, value):
        if self.trace and not self.known:
            self.trace(f"{21 + self.delta.at:6} {what:24} {value}")
        return value

    def each(self, part, stop=1, start=0):
        for at in range(start, stop):
            self.known = self.knows[part][at]
            yield at
        self.known = False

    def read_counts(self):
        super().read_counts()
        need(self.cost <= self.allowance)
        self.read_plan()

    def read_plan(self):
        old, count = self.old, self.count
        policy, firms, coded = self.delta.bit("policy"), len(old.codes), old.count["coded"]
        self.note("the policy stays", policy)
        counted = (("letters", range(len(old.letters)), count["alphabet"]),
                   ("bulletins", range(len(old.bulletins)), count["bulletins"]),
                   ("classes", range(len(old.classes)), count["classes"]),
                   ("lists", range(len(old.lists)), count["lists"] + 1),
                   ("firms", range(coded), count["coded"]),
                   ("firms without a code", range(coded, firms), count["firms"] - count["coded"]))
        self.plan = {part: self.merge(part, places, length, length) for part, places, length in counted}
        self.plan["firms"] += self.plan.pop("firms without a code")
        for part, most in (("spellings", 4096), ("readings", 65520), ("variants", 65520)):
            self.plan[part] = self.merge(part, range(len(getattr(old, part))), 0, most)
        self.knows = dict(head=[False], policy=[policy], sizes=[True] * max(1, count["bulletins"]))
        for name, part in KNOWN_IF_IT_STAYS.items():
            self.knows[name] = [place is not None for place in self.plan[part]]
        for name, part in KNOWN_IF_THE_SAME.items():
            self.knows[name] = [place is not None and self.delta.bit("same", name) for place in self.plan[part]]
            stay = [at for at, place in enumerate(self.plan[part]) if place is not None]
            self.note(name, f"as before but for {[at for at in stay if not self.knows[name][at]]}")
        self.read_plan_of_samplings()

    def merge(self, part, places, least, most, unsettled=()):
        """For each entry of the new list its place in the old one, `None` for a fresh one."""
        merge, is_fresh, fresh = [], 0, self.delta.number("merge", part)
        need(fresh <= most)
        for place in places:
            while fresh and (is_fresh := self.delta.bit("is_fresh", part, is_fresh)):
                merge.append(None)
                fresh -= 1
            if self.delta.bit("stays", part, place in unsettled):
                merge.append(place)
        merge += [None] * fresh
        need(least <= len(merge) <= most)
        fresh = [at for at, place in enumerate(merge) if place is None]
        self.note(part, f"of the old go {sorted({*places} - {*merge})}, of the new are fresh {fresh}")
        return merge

    def read_plan_of_samplings(self):
        new_place = {part: {place: at for at, place in enumerate(merge)} for part, merge in self.plan.items()}
        unsettled = {at for at, sampling in enumerate(self.old.samplings) if sampling.facts[5]}
        self.stay, may_stay = {}, [[] for _ in self.plan["bulletins"]]
        for at, old in enumerate(self.old.samplings):
            sampling = old._replace(**{field: new_place[part].get(getattr(old, field)) for field, part in (
                ("firm", "firms"), ("bulletin", "bulletins"), ("cls", "classes"), ("failed_items", "lists"))})
            if None not in sampling:
                self.stay[at] = sampling
                may_stay[sampling.bulletin].append(at)
        self.merges = []
        for places, old in zip(may_stay, self.plan["bulletins"]):
            part = "samplings (fresh)" if old is None else "samplings"
            left = self.count["samplings"] - sum(map(len, self.merges))
            self.merges.append(self.merge(part, places, 0, left, unsettled))
        self.plan["samplings"] = sum(self.merges, [])
        need(len(self.plan["samplings"]) == self.count["samplings"])
        self.knows["samplings"] = [place is not None for place in self.plan["samplings"]]

    def check_known(self):
        need(not self.knows["policy"][0] or self.policy == self.old.policy)
        new, old = (dict(vars(reader), **reader.columns, readings=[*reader.readings.items()])
                    for reader in (self, self.old))
        for name, part in {**KNOWN_IF_IT_STAYS, **KNOWN_IF_THE_SAME}.items():
            places = self.plan[part]
            need(len(places) == len(new[name]))
            need(all(entry == old[name][places[at]] for at, entry in enumerate(new[name]) if self.knows[name][at]))
        need(all(place is None or self.stay[place] == sampling
                 for place, sampling in zip(self.plan["samplings"], self.samplings)))
        need(all(len(merge) == sum(sampling.bulletin == at for sampling in self.samplings)
                 for at, merge in enumerate(self.merges)))


if __name__ == "__main__":
    old, new, *deltas = (Path(file).read_bytes() for file in sys.argv[2:])
    for delta in deltas:
        if sys.argv[1] == "judge":
            print(judged(lambda: DeltaReader(old, new, delta)))
        else:
            DeltaReader(old, new, delta, print)
