// What goes wrong, one thing at a time. Each begins, lasts and ends; `end` has all as it was.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Processes } from '../support/processes.ts'
import type { Line } from './line.ts'
import type { Recorder } from './recorder.ts'
import type { Random } from './seed.ts'

export interface World {
  readonly processes: Processes
  readonly recorder: Recorder
  /** Of the SQLite file; undefined with MongoDB. */
  readonly file: string | undefined
  /** The store's directory is a small disk of its own. */
  readonly ownDisk: boolean
  /** Between the servers and MongoDB. */
  readonly line: Pick<Line, 'cut' | 'delay' | 'mend' | 'mendSilently'> | undefined
  /** Stops MongoDB where it stands. */
  readonly freeze: { stop(): void; go(): void } | undefined
}

export interface Fault {
  readonly name: string
  /** Milliseconds it lasts, before it is ended, in the short form and in the long. */
  readonly lasts: readonly [number, number]
  /** Undefined: of every engine. */
  readonly of?: 'sqlite' | 'mongodb'
  /** While it lasts no process can write: none may call itself ready, and all go on answering. */
  readonly storeAway?: true
  readonly can: (world: World) => boolean
  /** Gives what ends it. */
  readonly begin: (world: World, random: Random) => Promise<() => Promise<void>>
}

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))
const always = () => true

/** Starts it again; while the store is away it cannot. */
async function startAgain({ processes }: World, which: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await processes.start(which)
    } catch (error) {
      if (tries === 5) throw error
      await pause(500)
    }
  }
}

async function skew(world: World, which: readonly number[], by: number): Promise<() => Promise<void>> {
  world.recorder.skews += 1
  const shift = (ms: number) => Promise.all(which.map((one) => world.processes.shiftClock(one, ms)))
  await shift(by)
  return async () => {
    await shift(0)
    world.recorder.skews += 1
  }
}

/** What requests in flight have (main.ts), and what closing the parts may take. */
const longestDrain = 30_000
const tenMinutes = 600_000
/** The harness runs this one as a primary with workers. */
export const supervised = 2

const workersOf = ({ servers }: Processes): number[] => {
  const { pid } = servers[supervised]?.process ?? {}
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
}

export const faults: readonly Fault[] = [
  {
    name: 'kill one process',
    lasts: [300, 2000],
    can: always,
    async begin(world, random) {
      const which = random.below(world.processes.servers.length)
      await world.processes.kill(which)
      return () => startAgain(world, which)
    },
  },
  {
    name: 'kill all processes',
    lasts: [100, 1000],
    can: always,
    async begin(world) {
      const all = [...world.processes.servers.keys()]
      await Promise.all(all.map((which) => world.processes.kill(which)))
      return async () => {
        await Promise.all(all.map((which) => startAgain(world, which)))
      }
    },
  },
  {
    name: 'kill a worker',
    lasts: [300, 2000],
    can: always,
    async begin({ processes }, random) {
      process.kill(random.pick(workersOf(processes)), 'SIGKILL')
      return async () => undefined
    },
  },
  {
    name: 'kill the primary over its workers',
    lasts: [300, 2000],
    can: always,
    async begin(world) {
      await world.processes.kill(supervised)
      return () => startAgain(world, supervised)
    },
  },
  {
    name: 'one process is asked to end',
    lasts: [300, 2000],
    can: always,
    async begin(world, random) {
      const which = random.below(world.processes.servers.length)
      const began = performance.now()
      const code = await world.processes.end(which)
      const took = performance.now() - began
      if (code !== 0) world.recorder.violated(`a process that was asked to end ended with ${code}`)
      if (took > longestDrain) world.recorder.violated(`a process that was asked to end took ${took} ms`)
      return () => startAgain(world, which)
    },
  },
  {
    name: 'one clock ten minutes ahead',
    lasts: [1500, 20_000],
    can: always,
    begin: (world, random) => skew(world, [random.below(world.processes.servers.length)], tenMinutes),
  },
  {
    name: 'one clock ten minutes behind',
    lasts: [1500, 20_000],
    can: always,
    begin: (world, random) => skew(world, [random.below(world.processes.servers.length)], -tenMinutes),
  },
  {
    name: 'all clocks jump ten minutes ahead and back',
    lasts: [1500, 20_000],
    can: always,
    begin: (world) => skew(world, [...world.processes.servers.keys()], tenMinutes),
  },
  {
    name: 'the write lock is held',
    of: 'sqlite',
    storeAway: true,
    lasts: [2500, 30_000],
    can: ({ file }) => file !== undefined,
    async begin({ file }) {
      const script = `const {DatabaseSync}=require('node:sqlite');const db=new DatabaseSync(process.argv[1],{timeout:20000});db.exec('BEGIN IMMEDIATE');console.log('held');setInterval(()=>{},1e6)`
      const holder = spawn(process.execPath, ['-e', script, file ?? ''], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      process.once('exit', () => holder.kill('SIGKILL'))
      await once(holder.stdout, 'data')
      return async () => {
        holder.kill('SIGKILL')
        await once(holder, 'exit')
      }
    },
  },
  {
    name: 'the disk is full',
    of: 'sqlite',
    lasts: [1500, 20_000],
    can: ({ ownDisk }) => ownDisk,
    async begin({ processes }) {
      const filler = join(processes.dir, 'filler')
      for (const size of [1 << 20, 1 << 12]) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' })
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
      return async () => {
        if (existsSync(filler)) rmSync(filler)
      }
    },
  },
  {
    name: 'no way to the store',
    of: 'mongodb',
    storeAway: true,
    lasts: [2500, 30_000],
    can: ({ line }) => line !== undefined,
    async begin({ line }) {
      line?.cut()
      return async () => line?.mend()
    },
  },
  {
    name: 'no way to the store, and connections that are forgotten',
    of: 'mongodb',
    storeAway: true,
    lasts: [2500, 30_000],
    can: ({ line }) => line !== undefined,
    async begin({ line }) {
      line?.cut()
      return async () => line?.mendSilently()
    },
  },
  {
    name: 'a slow way to the store',
    of: 'mongodb',
    lasts: [2500, 20_000],
    can: ({ line }) => line !== undefined,
    async begin({ line }) {
      line?.delay(300)
      return async () => line?.mend()
    },
  },
  {
    name: 'a way to the store that delays and loses connections',
    of: 'mongodb',
    lasts: [2500, 20_000],
    can: ({ line }) => line !== undefined,
    async begin({ line }, random) {
      line?.delay(50, () => random.below(30) === 0)
      return async () => line?.mend()
    },
  },
  {
    name: 'the store stands still',
    of: 'mongodb',
    storeAway: true,
    lasts: [2500, 30_000],
    can: ({ freeze }) => freeze !== undefined,
    async begin({ freeze }) {
      freeze?.stop()
      return async () => freeze?.go()
    },
  },
]
