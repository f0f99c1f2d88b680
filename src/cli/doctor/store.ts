// Checks of the store, the master key and the keys in the store. Read beside a running server or without one.

import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { KeyThread } from '../../secure/key/key-thread.ts'
import { openMasterKey } from '../../secure/key/master-key.ts'
import { openExistingStore, withKeys } from '../../store/open.ts'
import { daysOf } from './days.ts'
import { type Finding, fail, findingsOf, ok, warn } from './finding.ts'

/** A key is late for its rotation after this many days (key-ring.ts: 30, and a day of notice). */
const lateDays = 32
const littleSpace = 1024 ** 3

export const checkStore = (config: Config, now: number): Promise<readonly Finding[]> =>
  findingsOf(
    'store',
    'see that CHANCERY_STORE, CHANCERY_DATA and CHANCERY_KEYS are those of the server, and that its user runs this',
    async () => {
      const thread = new KeyThread()
      try {
        const { store: engine } = await openExistingStore(config, () => undefined)
        const { store, keyRing } = await withKeys(engine, { clock: () => now, thread })
        try {
          const began = performance.now()
          await store.ping()
          const ms = (performance.now() - began).toFixed(1)
          return [
            ok('store', `${config.store.engine} answers in ${ms} ms, and the master key opens it`),
            ...(await spaceFindings(config)),
            keyFinding(keyRing, now),
            masterKeyFinding(config),
          ]
        } finally {
          keyRing.stop()
          await store.close()
        }
      } finally {
        await thread.close()
      }
    },
  )

function keyFinding(
  keyRing: { checkSigning(): void; current(): readonly { readonly activeAt: number }[] },
  now: number,
): Finding {
  keyRing.checkSigning()
  const oldest = Math.min(...keyRing.current().map(({ activeAt }) => activeAt))
  const days = Math.max(0, Math.floor((now - oldest) / 86_400))
  if (days <= lateDays) return ok('keys', `every kind can sign; the oldest that signs is ${daysOf(days)} old`)
  return fail(
    'keys',
    `a signing key is ${days} days old and was not rotated`,
    'keep a server running; the log says why a rotation failed',
  )
}

function masterKeyFinding({ keysDir }: Config): Finding {
  const { version, versions } = openMasterKey(keysDir, { storeExists: true })
  return versions.length === 1
    ? ok('master key', `everything is sealed under version ${version}`)
    : warn(
        'master key',
        `its versions ${versions.join(' and ')} are in use`,
        'run `chancery keys rotate-master`, which goes on until one is left',
      )
}

async function spaceFindings({ store }: Config): Promise<readonly Finding[]> {
  if (store.engine !== 'sqlite') return []
  const { bavail, bsize } = await statfs(dirname(store.path))
  const free = bavail * bsize
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free beside the store`
  return free < littleSpace
    ? [warn('disk', text, 'free some space: without it nothing can be signed in or changed')]
    : [ok('disk', text)]
}
