"""Celery under the load of the bench: enqueueing alone, working off what waits, and both at once. Prints a line of JSON for each.

usage: run.py BROKER_URL POOL TASKS       POOL: prefork (one worker, a child a core) or solo (a worker a core)
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import Barrier, Process

broker, pool, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
cores = os.cpu_count()
patience = 60

file = tempfile.NamedTemporaryFile(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
file.write(bytes(2 * count))
file.flush()
os.environ["PEER_BROKER"], os.environ["PEER_MARKS"] = broker, file.name
os.chdir(os.path.dirname(os.path.abspath(__file__)))

import tasks  # noqa: E402  (it reads the environment)

BIG = 2**53 - 1


def produce(first, last, barrier):
    with tasks.app.producer_or_acquire() as producer:
        producer.connection.ensure_connection()
        producer.channel  # a channel is opened when it is first asked for
    barrier.wait()
    for number in range(first, last):
        tasks.numbers.delay(number, time.monotonic_ns(), BIG, BIG - 1, BIG - 2, BIG - 3, BIG - 4, BIG - 5)
    barrier.wait()


def start_producers(first):
    """A producer a core, ready to go; the barrier lets them go, and then tells when the last has ended."""
    barrier = Barrier(cores + 1)
    bounds = [first + count * i // cores for i in range(cores + 1)]
    for i in range(cores):
        Process(target=produce, args=(bounds[i], bounds[i + 1], barrier), daemon=True).start()
    barrier.wait()
    return barrier


def ran(first):
    return count - tasks.marks[first:first + count].count(0)


def wait(first, at_least):
    """When so many have run, or nothing has for as long as patience lasts."""
    seen, since = -1, time.perf_counter()
    while True:
        now = time.perf_counter()
        done = ran(first)
        if done >= at_least or now - since > patience:
            return now, done
        if done > seen:
            seen, since = done, now
        time.sleep(0.005)


def report(mode, rate, first):
    runs = tasks.marks[first:first + count]
    print(json.dumps({
        "engine": "celery", "mode": mode, "tasks": count, "tasksPerSecond": rate,
        "lost": 0 if mode == "enqueue" else runs.count(0), "duplicated": sum(runs) - count + runs.count(0),
    }), flush=True)


def worker(*arguments):
    command = [sys.executable, "-m", "celery", "-q", "-A", "tasks", "worker", "--loglevel=ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "C_FORCE_ROOT": "1", "PYTHONWARNINGS": "ignore"})


barrier = start_producers(0)
start = time.perf_counter()
barrier.wait()
report("enqueue", count / (time.perf_counter() - start), 0)

# What a worker takes to start is not counted.
workers = [worker("--pool=prefork", f"--concurrency={cores}")] if pool == "prefork" else [worker("--pool=solo", f"--hostname=w{i}@%h") for i in range(cores)]
try:
    start, before = wait(0, 1)
    end, done = wait(0, count)
    report("consume", (done - before) / (end - start), 0)

    barrier = start_producers(count)
    start = time.perf_counter()
    end, done = wait(count, count)
    report("endtoend", done / (end - start), count)
finally:
    for one in workers:
        one.terminate()
    for one in workers:
        one.wait(60)
