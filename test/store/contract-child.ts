// One of several processes on a store; see children.ts.
import { Problem } from '../../src/problem.ts'
import type { Store } from '../../src/store/store.ts'
import type { Task } from './children.ts'
import { setting, spent, user } from './sample.ts'

const [module = '', ...args] = process.argv.slice(2)
const { open } = (await import(module)) as { open: (...args: readonly string[]) => Promise<Store> }
const store = await open(...args)
const say = (message: unknown) => process.send?.(message)

async function run(task: Task): Promise<string[]> {
  switch (task.do) {
    case 'take': {
      const tries = task.ids.flatMap((id) =>
        Array.from({ length: task.times }, () => store.take('artifact', id)),
      )
      return (await Promise.all(tries)).flatMap((record) => record?.id ?? [])
    }
    case 'spend': {
      const tries = Array.from({ length: task.count }, (_, n) => spendOnce(`jti${n}`))
      return (await Promise.all(tries)).flat()
    }
    case 'count': {
      const one = () => store.update('counter', task.id, (old) => ({ ...old, count: old.count + 1 }))
      if (task.atOnce) await Promise.all(Array.from({ length: task.times }, one))
      else for (let n = 0; n < task.times; n++) await one()
      return []
    }
    case 'create-user':
      await store.create('user', user(task.id))
      return [task.id]
    case 'write-on':
      await Promise.all(Array.from({ length: 8 }, (_, lane) => writeOn(`${task.prefix}${lane}-`)))
      return []
  }
}

async function spendOnce(id: string): Promise<string[]> {
  try {
    await store.create('spent', spent(id, 4_000_000_000))
    return [id]
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return []
    throw error
  }
}

async function writeOn(prefix: string): Promise<void> {
  for (let n = 0; ; n++) {
    await store.create('setting', setting(`${prefix}${n}`))
    say(`${prefix}${n}`)
  }
}

process.on('message', (task: Task) => {
  run(task).then(
    (won) => say({ won }),
    (error: unknown) => say({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
say('ready')
