// BullMQ under the load of the bench: enqueueing alone, working off what waits, and both at once. Prints a line of JSON for each.
//
// usage: run.js REDIS_PORT TASKS
//
// What its guide recommends, docs.bullmq.io: jobs added in bulk ("Queues: Adding jobs in bulk"), removed when they are done ("Queues: Auto-removal of jobs"), several
// jobs at once in a worker and a worker process a core ("Parallelism and Concurrency", "Workers: Concurrency"). Its guide gives no size of a bulk and, for short jobs, no
// number at once: 256 and 64 here, and PEER_BULK and PEER_CONCURRENCY try others.
'use strict';
const { fork } = require('node:child_process');
const os = require('node:os');
const { Queue, Worker } = require('bullmq');

const CONCURRENCY = Number(process.env.PEER_CONCURRENCY ?? 64);
const BULK = Number(process.env.PEER_BULK ?? 256);
const PATIENCE = 60_000;
const BIG = Number.MAX_SAFE_INTEGER;

// A worker counts how often each task ran, and says now and then how many did.
function work(port, tasks) {
  const runs = new Uint8Array(2 * tasks);
  const count = [0, 0];
  let isTold = true;
  let last = 0;
  const worker = new Worker('load', async job => {
    const number = job.data.number;
    runs[number]++;
    count[number < tasks ? 0 : 1]++;
    last = performance.timeOrigin + performance.now();
    isTold = false;
  }, { connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null }, concurrency: CONCURRENCY });
  worker.on('error', error => console.error(error.message));
  setInterval(() => { if (!isTold) { isTold = true; process.send({ count, last }); } }, 10);
  process.on('message', async message => {
    if (message === 'stop') await worker.close();
    process.send({ runs: Buffer.from(runs).toString('base64') }, () => { if (message === 'stop') process.exit(0); });
  });
}

async function main(port, tasks) {
  const cores = os.cpus().length;
  const queue = new Queue('load', {
    connection: { host: '127.0.0.1', port },
    defaultJobOptions: { removeOnComplete: true },
  });
  await queue.waitUntilReady();

  const add = async first => {
    for (let i = 0; i < tasks; i += BULK) {
      await queue.addBulk(Array.from({ length: Math.min(BULK, tasks - i) }, (_, j) => ({
        name: 'numbers',
        data: { number: first + i + j, stamp: performance.now(), a: BIG, b: BIG - 1, c: BIG - 2, d: BIG - 3, e: BIG - 4, f: BIG - 5 },
      })));
    }
  };
  const now = () => performance.timeOrigin + performance.now();
  const workers = [];
  const states = [];
  const ran = batch => states.reduce((sum, state) => sum + state.count[batch], 0);

  // When so many of a batch have run, or nothing has for as long as patience lasts.
  const until = async (batch, least) => {
    let seen = -1;
    let since = now();
    while (ran(batch) < least && now() - since < PATIENCE) {
      if (ran(batch) > seen) { seen = ran(batch); since = now(); }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    return { at: Math.max(...states.map(state => state.last)), done: ran(batch) };
  };
  const tally = async () => {
    const sums = new Uint8Array(2 * tasks);
    await Promise.all(workers.map(worker => new Promise(resolve => {
      const hear = message => {
        if (message.runs === undefined) return;
        worker.off('message', hear);
        Buffer.from(message.runs, 'base64').forEach((runs, number) => { sums[number] += runs; });
        resolve();
      };
      worker.on('message', hear);
      worker.send('tally');
    })));
    return batch => {
      const part = sums.subarray(batch * tasks, (batch + 1) * tasks);
      return { lost: part.filter(runs => runs === 0).length, duplicated: part.reduce((sum, runs) => sum + Math.max(0, runs - 1), 0) };
    };
  };
  const report = (mode, rate, counts) => console.log(JSON.stringify({ engine: 'bullmq', mode, tasks, tasksPerSecond: rate, ...counts }));

  let start = now();
  await add(0);
  report('enqueue', tasks / (now() - start) * 1e3, { lost: 0, duplicated: 0 });

  // What a worker takes to start is not counted.
  for (let i = 0; i < cores; i++) {
    const worker = fork(__filename, [port, tasks], { env: { ...process.env, PEER_WORKS: '1' } });
    const state = { count: [0, 0], last: 0 };
    worker.on('message', message => { if (message.count) Object.assign(state, message); });
    workers.push(worker);
    states.push(state);
  }
  const first = await until(0, 1);
  let all = await until(0, tasks);
  report('consume', (all.done - first.done) / (all.at - first.at) * 1e3, (await tally())(0));

  start = now();
  const adding = add(tasks);
  await adding;
  all = await until(1, tasks);
  report('endtoend', all.done / (all.at - start) * 1e3, (await tally())(1));
  workers.forEach(worker => worker.send('stop'));
  await queue.close();
}

const [port, tasks] = process.argv.slice(2).map(Number);
if (process.env.PEER_WORKS) work(port, tasks); else main(port, tasks);
