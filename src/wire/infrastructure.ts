import { type Logger, pino } from 'pino'
import { openTrail, type ReadyTrail } from '../audit/trail.ts'
import type { Config } from '../config.ts'
import { type Markers, markersUnder } from '../iam/paging.ts'
import type { TokenKeys } from '../oidc/library/keys.ts'
import { Problem } from '../problem.ts'
import type { KeyRing } from '../secure/key-ring.ts'
import { KeyThread } from '../secure/key-thread.ts'
import { PasswordHasher } from '../secure/password.ts'
import { type openExistingStore, withKeys } from '../store/open.ts'
import type { Store } from '../store/store.ts'

/** Epoch seconds. */
export const now = (): number => Math.floor(Date.now() / 1000)

/** What everything stands on: the store, its keys, the trail. */
export interface Infrastructure {
  readonly config: Config
  readonly issuer: string
  readonly log: Logger
  readonly store: Store
  readonly keyRing: KeyRing
  readonly keyThread: KeyThread
  readonly trail: ReadyTrail
  readonly hasher: PasswordHasher
}

export const openLog = (): Logger =>
  pino({ level: 'warn', base: null, serializers: { err: errorInLog } }, pino.destination(2))

/** A Problem is expected: where in the code it arose is no help. */
function errorInLog(error: unknown): unknown {
  if (!(error instanceof Problem)) return pino.stdSerializers.err(error as Error)
  const { name: type, code, message, detail, cause } = error
  return { type, code, message, detail, cause: cause === undefined ? undefined : errorInLog(cause) }
}

export async function openInfrastructure(
  config: Config,
  issuer: string,
  log: Logger,
  open: typeof openExistingStore,
): Promise<Infrastructure> {
  const keyThread = new KeyThread()
  const { store, keyRing } = await withKeys(await open(config, (line) => log.warn(line)), {
    clock: now,
    thread: keyThread,
    onError: (err) => log.error({ err }, 'keys were not rotated'),
  })
  const trail = await openTrail({
    store,
    key: () => keyRing.signing('audit'),
    clock: now,
    onError: (err) => log.error({ err }, 'the end of an act was not recorded'),
  })
  return { config, issuer, log, store, keyRing, keyThread, trail, hasher: new PasswordHasher() }
}

export const secretsOf = (keyRing: KeyRing, use: 'cookie' | 'ticket'): readonly Buffer[] =>
  keyRing.all(use).flatMap(({ secret }) => (secret ? [secret] : []))

export function noKey(): never {
  throw new TypeError('the key ring has no ticket key')
}

export const markersOf = (keyRing: KeyRing): Markers =>
  markersUnder(() => secretsOf(keyRing, 'ticket')[0] ?? noKey())

/** The token keys as oidc-provider signs with them, and the keys of its cookies. */
export const tokenKeys = (keyRing: KeyRing): TokenKeys => ({
  signing: () => keyRing.signing('token'),
  published: () => keyRing.published(),
  find: (kid) => keyRing.find(kid),
  cookieKeys: () => secretsOf(keyRing, 'cookie'),
})
