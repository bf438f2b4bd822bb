"""Figures of Complete Journey that the test of the profile must reach: python3 reference.py"""
import collections
import csv
import datetime
import gzip
import os

here = os.path.dirname(os.path.abspath(__file__))
baskets = [r.split(",") for r in gzip.open(os.path.join(here, "baskets.csv.gz"), "rt").read().splitlines()[1:]]
homes = {r["household"]: r for r in csv.DictReader(open(os.path.join(here, "households.csv")))}
buyers = {b[2] for b in baskets}
print("baskets", len(baskets), "households", len(buyers), "with a profile", len(buyers & set(homes)), "cents", sum(int(b[3]) for b in baskets))
told = [homes[h] for h in buyers if h in homes]
print("ages", sorted(collections.Counter(2017 - int(r["birth"]) for r in told).items()))
revenue = collections.Counter()
for b in baskets:
    if b[2] in homes:
        revenue[homes[b[2]]["income"]] += int(b[3])
for income, n in collections.Counter(r["income"] for r in told).items():
    print("income", income, n, revenue[income])


def habits(rows):
    day = lambda b: datetime.date.fromisoformat(b[0]).weekday()
    n = len(rows)
    bp = lambda k: round(k / n * 10000)
    net, off = sum(int(b[3]) for b in rows), sum(int(b[4]) for b in rows)
    return dict(n=n, promo=bp(sum(int(b[4]) > 0 for b in rows)), weekend=bp(sum(day(b) >= 5 for b in rows)),
                evening=bp(sum(int(b[1]) >= 18 for b in rows)), receipt=round(net / n), discount=round(off / (net + off) * 10000))


parents = {h for h in buyers if h in homes and int(homes[h]["kids"]) > 0}
print("all", habits(baskets))
print("parents", len(parents), habits([b for b in baskets if b[2] in parents]))


def departments(rows):
    sums = collections.Counter()
    for b in rows:
        for part in b[5].split():
            d, c = part.split(":")
            sums[d] += int(c)
    return sums


all_of, of = departments(baskets), departments([b for b in baskets if b[2] in parents])
for d in ("14", "20", "7"):
    print("department", d, "index", round(of[d] / sum(of.values()) / (all_of[d] / sum(all_of.values())) * 100),
          "buyers", len({b[2] for b in baskets if b[2] in parents and any(p.split(":")[0] == d for p in b[5].split())}))
incomes = collections.Counter(r["income"] for r in told)
own = collections.Counter(homes[h]["income"] for h in parents)
print("index of 125-149K among parents", round(own["125-149K"] / sum(own.values()) / (incomes["125-149K"] / sum(incomes.values())) * 100))
