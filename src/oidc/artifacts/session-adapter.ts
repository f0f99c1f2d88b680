// The adapter of browser sessions. Concurrent requests of one browser, in any process, must not lose each other's changes:
// two applications opened at once are both signed in to, and both are notified when the session ends. So a session is one
// record for its whole life, and each change is one compare-and-swap. The session id in the cookie changes at each sign-in
// (docs/attacks.md 22): the first id is the record's own, later ones are small records that point to it. A replaced id no
// longer resolves; requests already in flight with it may still write.
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { isProblem, Problem } from '../../problem.ts'
import { writeDependencies } from '../../secure/session/session-dependencies.ts'
import { createIfAbsent, updateIfPresent } from '../../store/conditional-writes.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type FindPerson, isPasswordCurrent } from '../claims.ts'
import { artifactId, artifactOf, decodeContent, encodeContent } from './artifact.ts'
import { dependenciesOfSession, withPassword } from './sign-in-dependencies.ts'
import { currentRequest } from './token-request.ts'
import { isEnded, tombstoneOf, withOAuthErrors } from './tombstones.ts'

type Authorizations = NonNullable<AdapterPayload['authorizations']>

const model = 'Session'
/** Seconds by which the record of a later id outlives its session, so that it is not rewritten at every request. */
const idMargin = 3600

const unused = async (): Promise<never> => {
  throw new TypeError('sessions are not redeemed')
}

export interface SessionAdapterOptions {
  readonly store: Store
  readonly now: () => EpochSeconds
  readonly findPerson: FindPerson
  /** Seconds after the sign-in when a session ends, whenever it began. */
  readonly limits?: (() => { readonly absolute: number | undefined }) | undefined
  /** Called before a session ends, and again when an application signed in meanwhile. */
  readonly onSessionEnd?: ((session: AdapterPayload) => Promise<void>) | undefined
}

export class SessionAdapter implements Adapter {
  readonly #store: Store
  readonly #now: () => EpochSeconds
  readonly #findPerson: FindPerson
  readonly #limits: SessionAdapterOptions['limits']
  readonly #onEnd: (session: AdapterPayload) => Promise<void>

  constructor({
    store,
    now,
    findPerson,
    limits,
    onSessionEnd = async () => undefined,
  }: SessionAdapterOptions) {
    this.#limits = limits
    this.#store = store
    this.#now = now
    this.#findPerson = findPerson
    this.#onEnd = onSessionEnd
  }

  /** Undefined also for a replaced id, and when the password the session depends on was changed. */
  find(id: string): Promise<AdapterPayload | undefined> {
    return withOAuthErrors(async () => {
      const named = await this.#store.get('artifact', artifactId(model, id))
      if (named === undefined || isEnded(named) || decodeContent(named).left) return undefined
      const session = await this.#sessionOf(named)
      if (session === undefined || isEnded(session)) return undefined
      // The request keeps the id it was sent with.
      return this.#live({ ...decodeContent(session).payload, jti: id })
    })
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return withOAuthErrors(async () => {
      const record = await this.#byUid(uid)
      return record && this.#live(decodeContent(record).payload)
    })
  }

  /** @throws errors.SessionNotFound when a concurrent request signed this browser in as another user */
  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const record = artifactOf(model, id, payload, this.#now() + expiresIn)
    return withOAuthErrors(async () => {
      for (;;) {
        const named = await this.#store.get('artifact', record.id)
        if (named) return this.#save(named, record)
        const holder = await this.#byUid(payload.uid ?? '')
        if (
          holder === undefined
            ? await createIfAbsent(this.#store.create('artifact', record))
            : await this.#rename(holder, record)
        )
          return
      }
    })
  }

  /** Calls `onSessionEnd` before the session ends; again when an application signed in between the two. */
  destroy(id: string): Promise<void> {
    return withOAuthErrors(async () => {
      const key = await this.keyOf(id)
      for (;;) {
        const session = await this.#store.get('artifact', key)
        if (session === undefined || isEnded(session)) return
        await this.#onEnd(decodeContent(session).payload)
        const after = await this.#store
          .update('artifact', key, (old) =>
            sidsOf(old).isSubsetOf(sidsOf(session)) ? tombstoneOf(old, this.#now()) : old,
          )
          .catch(gone)
        if (!after || isEnded(after)) return
      }
    })
  }

  /** The session has another id from now on; this one no longer resolves. */
  async retireId(id: string): Promise<void> {
    await updateIfPresent(
      this.#store.update('artifact', artifactId(model, id), (old) =>
        isEnded(old) ? old : { ...old, payload: encodeContent({ ...decodeContent(old), left: true }) },
      ),
    )
  }

  /** The record id of the session that a session id belongs to. */
  async keyOf(id: string): Promise<string> {
    const key = artifactId(model, id)
    const named = await this.#store.get('artifact', key)
    return (named && decodeContent(named).sessionOf) ?? key
  }

  async keepAfterPasswordChange(uid: string, password: EpochSeconds): Promise<void> {
    const holder = await this.#byUid(uid)
    if (holder === undefined) return
    await updateIfPresent(
      this.#store.update('artifact', holder.id, (old) => {
        const kept = decodeContent(old)
        const { payload } = kept
        if (isEnded(old) || payload['password'] === undefined) return old
        const dependencies = writeDependencies(dependenciesOfSession(payload))
        const next = {
          ...payload,
          password,
          dependencies: withPassword(dependencies, payload.accountId ?? '', password),
        }
        return { ...old, payload: encodeContent({ ...kept, payload: next }) }
      }),
    )
  }

  readonly consume = unused
  readonly findByUserCode = unused
  readonly revokeByGrantId = unused

  async #live(payload: AdapterPayload): Promise<AdapterPayload | undefined> {
    const absolute = this.#limits?.().absolute
    if (absolute !== undefined && payload.loginTs !== undefined && payload.loginTs + absolute <= this.#now())
      return undefined
    const password = payload['password'] as EpochSeconds | undefined
    if (password === undefined || payload.accountId === undefined) return payload
    return isPasswordCurrent(password, await this.#findPerson(payload.accountId)) ? payload : undefined
  }

  #byUid(uid: string): Promise<Artifact | undefined> {
    return this.#store.getBy('artifact', 'uid', `${model} ${uid}`)
  }

  async #sessionOf(named: Artifact): Promise<Artifact | undefined> {
    const { sessionOf } = decodeContent(named)
    return sessionOf === undefined ? named : this.#store.get('artifact', sessionOf)
  }

  async #save(named: Artifact, record: Artifact): Promise<void> {
    const { sessionOf = named.id, left = false } = decodeContent(named)
    await updateIfPresent(this.#store.update('artifact', sessionOf, (old) => savedOver(old, record, left)))
    if (sessionOf === named.id || left || (named.expiresAt ?? 0) >= (record.expiresAt ?? 0)) return
    const expiresAt = (record.expiresAt ?? 0) + idMargin
    await updateIfPresent(this.#store.update('artifact', named.id, (old) => ({ ...old, expiresAt })))
  }

  /** Adds an id to a session. False when the session has ended, or the id was taken, meanwhile. */
  async #rename(holder: Artifact, record: Artifact): Promise<boolean> {
    const expiresAt = (record.expiresAt ?? 0) + idMargin
    const name = encodeContent({ payload: {}, sessionOf: holder.id })
    const saved = await this.#store
      .update('artifact', holder.id, (old) => {
        if (isEnded(old)) throw new Problem('not_found', 'the session has ended')
        const before = decodeContent(old).payload.accountId
        if (before !== undefined && before !== record.subject)
          throw new errors.SessionNotFound('the session changed meanwhile')
        return savedOver(old, record, false)
      })
      .then(() => true, gone)
    return (
      saved &&
      createIfAbsent(
        this.#store.create('artifact', {
          ...record,
          payload: name,
          uid: undefined,
          subject: undefined,
          expiresAt,
        }),
      )
    )
  }
}

/** The `sid` of each application that is signed in to. */
const sidsOf = (session: Artifact): Set<string | undefined> =>
  new Set(Object.values(decodeContent(session).payload.authorizations ?? {}).map(({ sid }) => sid))

const gone = (error: unknown): false => {
  if (isProblem(error, 'not_found')) return false
  throw error
}

/** @param late the request was sent with an id that was replaced meanwhile */
function savedOver(old: Artifact, record: Artifact, late: boolean): Artifact {
  if (isEnded(old)) return old
  const kept = decodeContent(old)
  const [theirs, ours] = [kept.payload, decodeContent(record).payload]
  const samePerson = theirs.accountId === ours.accountId
  if (late && !samePerson) return old
  const authorizations = samePerson ? mergeAuthorizations(theirs, ours) : ours.authorizations
  // A newer sign-in than the one this request read is kept.
  const overtaken = samePerson && (theirs.loginTs ?? 0) > (ours.loginTs ?? 0)
  const { loginTs, amr, acr, password, dependencies } = theirs
  const saved = late ? theirs : overtaken ? { ...ours, loginTs, amr, acr, password, dependencies } : ours
  const payload = { ...saved, ...(authorizations && { authorizations }) } as AdapterPayload
  return {
    ...old,
    payload: encodeContent({ ...kept, payload }),
    uid: record.uid,
    subject: payload.accountId,
    expiresAt: late ? old.expiresAt : record.expiresAt,
  }
}

/** A request changes the entry of the application it is about, and of no other. */
function mergeAuthorizations(theirs: AdapterPayload, ours: AdapterPayload): Authorizations | undefined {
  if (theirs.authorizations === undefined || ours.authorizations === undefined)
    return theirs.authorizations ?? ours.authorizations
  const all = { ...ours.authorizations, ...theirs.authorizations }
  const { oidc } = currentRequest() ?? {}
  const clientId = oidc?.client?.clientId
  if (clientId === undefined) return all
  const [before, now] = [theirs.authorizations[clientId], ours.authorizations[clientId]]
  if (now) all[clientId] = before?.grantId === now.grantId ? { ...before, ...now } : now
  // Sign-out of one application alone.
  else if (oidc?.route === 'end_session_confirm') delete all[clientId]
  return all
}
