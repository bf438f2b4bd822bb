"""Figures of invoices.csv.gz that tests of the customer reports must reach.

Written from the definitions alone, with nothing but the standard library, in
another language and another order than the program: python3 reference.py
"""
import collections
import datetime
import gzip
import os

rows = gzip.open(os.path.join(os.path.dirname(__file__), "invoices.csv.gz"), "rt").read().split("\n")[1:]
visits = []
for row in rows:
    if row:
        date, customer, _, amount = row.split(",")
        visits.append((datetime.date.fromisoformat(date), int(customer), int(amount)))
end = datetime.date(2011, 12, 9)
days, net, count = collections.defaultdict(set), collections.Counter(), collections.Counter()
for date, customer, amount in visits:
    days[customer].add(date)
    net[customer] += amount
    count[customer] += 1


def months_of(c):
    return {d.year * 12 + d.month for d in days[c]}


print("base of 2011-11: active, kept, new, returned, lost")
m = 2011 * 12 + 11
now = {c for c in days if m in months_of(c)}
before = {c for c in days if m - 1 in months_of(c)}
new = {c for c in now if min(months_of(c)) == m}
print(len(now), len(now & before), len(new), len(now - before - new), len(before - now))
print("revenue, of the new:", sum(a for d, c, a in visits if d.year * 12 + d.month == m),
      sum(a for d, c, a in visits if d.year * 12 + d.month == m and c in new))
print("with several invoices:", sum(1 for c in now if sum(1 for d, x, _ in visits if x == c and d.year * 12 + d.month == m) > 1))

gaps = sorted((b - a).days for c in days for a, b in zip(sorted(days[c]), sorted(days[c])[1:]))
print("gaps and their quartiles:", len(gaps), [gaps[(q * len(gaps) + 3) // 4 - 1] for q in (1, 2, 3)])

print("rhythm in the year up to", end)
states, few = collections.Counter(), 0
for c in days:
    year = sorted(d for d in days[c] if (end - d).days < 365)
    if not year:
        continue
    own = sorted((b - a).days for a, b in zip(year, year[1:]))
    if len(own) < 3:
        few += 1
        continue
    median, long = own[(len(own) - 1) // 2], own[-(-9 * len(own) // 10) - 1]
    silence = (end - year[-1]).days
    states["waiting" if silence < median else "due" if silence <= long else "overdue" if silence <= 3 * long else "gone"] += 1
print("few", few, dict(states))

print("stages, windows of 90 days")
stages = collections.Counter()
for c in days:
    first, last = (end - min(days[c])).days, (end - max(days[c])).days
    recent = sum(1 for d, x, _ in visits if x == c and (end - d).days < 90)
    earlier = sum(1 for d, x, _ in visits if x == c and 90 <= (end - d).days < 180)
    if last >= 180:
        s = "lost"
    elif last >= 90:
        s = "sleeping"
    elif first < 90:
        s = "new"
    elif earlier == 0:
        s = "returned"
    elif recent / earlier >= 1.25:
        s = "growing"
    elif recent / earlier <= 0.75:
        s = "fading"
    else:
        s = "regular"
    stages[s] += 1
print(dict(stages))

print("cohort of 2011-Q1 by quarters: customers, revenue")
quarter = lambda d: d.year * 4 + (d.month - 1) // 3
cohort = {c for c in days if quarter(min(days[c])) == 2011 * 4}
for q in range(4):
    at = 2011 * 4 + q
    print(len({c for d, c, _ in visits if c in cohort and quarter(d) == at}), sum(a for d, c, a in visits if c in cohort and quarter(d) == at))

amounts = sorted(net.values())
n = len(amounts)
print("Gini:", 2 * sum((i + 1) * a for i, a in enumerate(amounts)) / (n * sum(amounts)) - (n + 1) / n)
