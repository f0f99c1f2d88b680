import type { Logger } from 'pino'
import { confirmAddressPath } from '../account/address.ts'
import { openTrail } from '../audit/trail.ts'
import type { Config } from '../config.ts'
import { Brands } from '../iam/brand/brands.ts'
import { type Markers, openMarkers } from '../iam/paging.ts'
import { openPlaces, type Places } from '../iam/places/places.ts'
import { notingAccess, ServiceAccessRecorder } from '../iam/service-access/recorder.ts'
import { AddressVerification } from '../iam/sign-in/address-verification.ts'
import type { CurrentMailServer } from '../mail/current-mail-server.ts'
import { Mailer } from '../mail/mailer.ts'
import { withNotices } from '../mail/notices.ts'
import { sendAddressLink } from '../mail/people-messages.ts'
import type { TokenKeys } from '../oidc/library/keys.ts'
import type { KeyRing } from '../secure/key/key-ring.ts'
import { KeyThread } from '../secure/key/key-thread.ts'
import type { MasterKey } from '../secure/key/master-key.ts'
import { PasswordHasher } from '../secure/password/password.ts'
import { type openExistingStore, withKeys } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Metrics } from '../web/metrics/instruments.ts'
import { openMailServer } from './mail/mail-server.ts'
import { type CountedTrail, countedTrail } from './process/observability.ts'

/** Epoch seconds. */
export const now = (): number => Math.floor(Date.now() / 1000)

/** What all other parts are made with: the store, its keys, the audit trail. */
export interface Infrastructure {
  readonly config: Config
  readonly issuer: string
  readonly log: Logger
  readonly store: Store
  /** Seals the records of the store. */
  readonly masterKey: MasterKey
  readonly keyRing: KeyRing
  readonly keyThread: KeyThread
  readonly trail: CountedTrail
  readonly serviceAccess: ServiceAccessRecorder
  readonly hasher: PasswordHasher
  readonly brands: Brands
  /** Name of an account's organization, outside of pages: its brand, `organization` of the mail settings, or our host name. */
  readonly organizationOf: (accountId: string) => Promise<string>
  readonly mailServer: CurrentMailServer
  readonly mailer: Mailer
  readonly places: Places
  readonly addresses: AddressVerification
}

/**
 * Opens the store, and what all other parts are made with.
 * @param issuer the public URL, no trailing slash
 * @param open opens the store or creates it
 * @throws what `open` throws
 */
export async function openInfrastructure(
  config: Config,
  issuer: string,
  { log, metrics }: { readonly log: Logger; readonly metrics: Metrics | undefined },
  open: typeof openExistingStore,
): Promise<Infrastructure> {
  const { store: engine, masterKey } = await open(config, (line) => log.warn(line))
  const keyThread = new KeyThread()
  const { store, keyRing } = await withKeys(
    engine,
    {
      clock: now,
      thread: keyThread,
      onError: (err) => log.error({ err }, 'keys were not rotated'),
    },
    metrics,
  )
  const serviceAccess = new ServiceAccessRecorder(store)
  const written = await openTrail({ store, key: () => keyRing.signing('audit'), clock: now })
  const brands = new Brands(store)
  const { hostname } = new URL(issuer)
  const mailServer = await openMailServer(config, store, log)
  const organizationOf = async (accountId: string): Promise<string> =>
    (await brands.of(accountId)).name ?? mailServer.current?.settings.organization ?? hostname
  const mailer = new Mailer(mailServer, {
    store,
    trail: written,
    now,
    issuer,
    log,
    organizationOf,
    accountLanguage: async (accountId) => (await brands.of(accountId)).language,
    count: (result) => metrics?.outboxAttempt('mail', result),
  })
  const notified = withNotices(written, {
    store,
    mailer,
    issuer,
    log,
    sendAddressLink: async (userId) => void (await addresses.send(userId)),
  })
  const trail = countedTrail(
    {
      record: notingAccess(notified, serviceAccess),
      ready: () => written.ready(),
      recordCheckpoint: (checkpoint) => written.recordCheckpoint(checkpoint),
    },
    metrics,
  )
  const addresses = openAddressVerification({ store, trail, issuer, mailer })
  return {
    config,
    issuer,
    log,
    store,
    masterKey,
    keyRing,
    keyThread,
    trail,
    serviceAccess,
    hasher: new PasswordHasher(),
    brands,
    organizationOf,
    mailServer,
    mailer,
    places: await openPlaces(config.file.places, { log, monotonic: () => performance.now() }),
    addresses,
  }
}

const openAddressVerification = ({
  store,
  trail,
  issuer,
  mailer,
}: Pick<Infrastructure, 'store' | 'trail' | 'issuer' | 'mailer'>): AddressVerification =>
  new AddressVerification({
    store,
    trail,
    now,
    sendLink: sendAddressLink(mailer, (token) => `${issuer}${confirmAddressPath}?token=${token}`, now),
  })

export const secretsOf = (keyRing: KeyRing, use: 'cookie' | 'ticket'): readonly Buffer[] =>
  keyRing.all(use).flatMap(({ secret }) => (secret ? [secret] : []))

export function noKey(): never {
  throw new TypeError('the key ring has no ticket key')
}

export const markersOf = (keyRing: KeyRing): Markers =>
  openMarkers(() => secretsOf(keyRing, 'ticket')[0] ?? noKey())

/** Issuer URL of an account's tokens for other services (aws/outbound-issuer.ts has its pages). */
export const outboundIssuerOf =
  (issuer: string) =>
  (accountId: string): string =>
    `${issuer}/outbound/${accountId}`

/** The token keys as oidc-provider signs with them, and the keys of its cookies. */
export const tokenKeys = (keyRing: KeyRing): TokenKeys => ({
  signing: () => keyRing.signing('token'),
  published: () => keyRing.published(),
  find: (kid) => keyRing.find(kid),
  cookieKeys: () => secretsOf(keyRing, 'cookie'),
})
