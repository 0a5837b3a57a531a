"""The no-op task, and the settings that Celery's guide recommends for many short tasks:
docs.celeryq.dev, User Guide, "Optimizing" and "Tasks: Tips and Best Practices"."""
import mmap
import os

from celery import Celery

app = Celery("tasks", broker=os.environ["PEER_BROKER"])
app.conf.update(
    task_ignore_result=True,  # "Ignore results you don't want"
    worker_disable_rate_limits=True,
    worker_prefetch_multiplier=128,  # "Prefetch Limits": 64 or 128 where there are lots of short tasks
    task_default_delivery_mode="transient",  # "Using Transient Queues"
    worker_send_task_events=False,
    task_send_sent_event=False,
    broker_heartbeat=0,
)

_file = open(os.environ["PEER_MARKS"], "r+b")
marks = mmap.mmap(_file.fileno(), 0)


@app.task
def numbers(number, stamp, a, b, c, d, e, f):
    """Counts that it ran, in memory that all processes share."""
    marks[number] += 1
