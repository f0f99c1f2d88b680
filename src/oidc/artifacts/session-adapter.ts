// Browser sessions, kept so that requests of one browser at the same moment, in whatever process, lose nothing of each
// other's: two applications that are opened at once are both signed in to, and both are told when the session ends.
// A session is one record for as long as it lives, and every change of it one compare-and-swap. Its id, the cookie,
// changes at each sign-in (attacks.md 22): the first id is the record's own, later ones are small records that point
// to it. An id that was left names the session to nobody any more; only a request that came with it before may still add.
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { isProblem, Problem } from '../../problem.ts'
import { writeDependencies } from '../../secure/session-dependencies.ts'
import { created, whenThere } from '../../store/conditional-writes.ts'
import type { Artifact, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type FindPerson, restsOn } from '../claims.ts'
import { artifactId, artifactOf, keptIn, sealable } from './artifact.ts'
import { dependenciesOfSession, withPassword } from './sign-in-dependencies.ts'
import { currentRequest } from './token-request.ts'
import { ended, guarded, isEnded } from './tombstones.ts'

type Authorizations = NonNullable<AdapterPayload['authorizations']>

const model = 'Session'
/** Seconds by which a later id outlives its session, so that it is not written anew at every request. */
const idOutlives = 3600

const unused = async (): Promise<never> => {
  throw new TypeError('sessions are not redeemed')
}

export interface SessionParts {
  readonly store: Store
  readonly now: () => EpochSeconds
  readonly findPerson: FindPerson
  /** Before a session ends, and again for applications that were opened meanwhile. */
  readonly onSessionEnd?: ((session: AdapterPayload) => Promise<void>) | undefined
}

export class SessionAdapter implements Adapter {
  readonly #store: Store
  readonly #now: () => EpochSeconds
  readonly #findPerson: FindPerson
  readonly #onEnd: (session: AdapterPayload) => Promise<void>

  constructor({ store, now, findPerson, onSessionEnd = async () => undefined }: SessionParts) {
    this.#store = store
    this.#now = now
    this.#findPerson = findPerson
    this.#onEnd = onSessionEnd
  }

  /** Undefined also for an id that was left, and when the password that the session rests on was replaced. */
  find(id: string): Promise<AdapterPayload | undefined> {
    return guarded(async () => {
      const named = await this.#store.get('artifact', artifactId(model, id))
      if (named === undefined || isEnded(named) || keptIn(named).left) return undefined
      const session = await this.#sessionOf(named)
      if (session === undefined || isEnded(session)) return undefined
      // Whoever came with this id goes on with it.
      return this.#live({ ...keptIn(session).payload, jti: id })
    })
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return guarded(async () => {
      const record = await this.#byUid(uid)
      return record && this.#live(keptIn(record).payload)
    })
  }

  /** @throws errors.SessionNotFound when this browser was signed in as somebody else at the same moment */
  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const record = artifactOf(model, id, payload, this.#now() + expiresIn)
    return guarded(async () => {
      for (;;) {
        const named = await this.#store.get('artifact', record.id)
        if (named) return this.#save(named, record)
        const holder = await this.#byUid(payload.uid ?? '')
        if (
          holder === undefined
            ? await created(this.#store.create('artifact', record))
            : await this.#rename(holder, record)
        )
          return
      }
    })
  }

  /** Ends it as it was told of: when an application was opened meanwhile, it is told of again first. */
  destroy(id: string): Promise<void> {
    return guarded(async () => {
      const key = await this.keyOf(id)
      for (;;) {
        const session = await this.#store.get('artifact', key)
        if (session === undefined || isEnded(session)) return
        await this.#onEnd(keptIn(session).payload)
        const after = await this.#store
          .update('artifact', key, (old) =>
            sidsOf(old).isSubsetOf(sidsOf(session)) ? ended(old, this.#now()) : old,
          )
          .catch(gone)
        if (!after || isEnded(after)) return
      }
    })
  }

  /** The session goes on under another id: from now on this one names it to nobody. */
  async leave(id: string): Promise<void> {
    await whenThere(
      this.#store.update('artifact', artifactId(model, id), (old) =>
        isEnded(old) ? old : { ...old, payload: sealable({ ...keptIn(old), left: true }) },
      ),
    )
  }

  /** Id of the session's own record. */
  async keyOf(id: string): Promise<string> {
    const key = artifactId(model, id)
    const named = await this.#store.get('artifact', key)
    return (named && keptIn(named).sessionOf) ?? key
  }

  async restOn(uid: string, password: EpochSeconds): Promise<void> {
    const holder = await this.#byUid(uid)
    if (holder === undefined) return
    await whenThere(
      this.#store.update('artifact', holder.id, (old) => {
        const kept = keptIn(old)
        const { payload } = kept
        if (isEnded(old) || payload['password'] === undefined) return old
        const dependencies = writeDependencies(dependenciesOfSession(payload))
        const next = {
          ...payload,
          password,
          dependencies: withPassword(dependencies, payload.accountId ?? '', password),
        }
        return { ...old, payload: sealable({ ...kept, payload: next }) }
      }),
    )
  }

  readonly consume = unused
  readonly findByUserCode = unused
  readonly revokeByGrantId = unused

  async #live(payload: AdapterPayload): Promise<AdapterPayload | undefined> {
    const password = payload['password'] as EpochSeconds | undefined
    if (password === undefined || payload.accountId === undefined) return payload
    return restsOn(password, await this.#findPerson(payload.accountId)) ? payload : undefined
  }

  #byUid(uid: string): Promise<Artifact | undefined> {
    return this.#store.getBy('artifact', 'uid', `${model} ${uid}`)
  }

  async #sessionOf(named: Artifact): Promise<Artifact | undefined> {
    const { sessionOf } = keptIn(named)
    return sessionOf === undefined ? named : this.#store.get('artifact', sessionOf)
  }

  /** What was ended stays ended. */
  async #save(named: Artifact, record: Artifact): Promise<void> {
    const { sessionOf = named.id, left = false } = keptIn(named)
    await whenThere(this.#store.update('artifact', sessionOf, (old) => savedOver(old, record, left)))
    if (sessionOf === named.id || left || (named.expiresAt ?? 0) >= (record.expiresAt ?? 0)) return
    const expiresAt = (record.expiresAt ?? 0) + idOutlives
    await whenThere(this.#store.update('artifact', named.id, (old) => ({ ...old, expiresAt })))
  }

  /** A further id of a session. False when the session ended, or the id was taken, meanwhile. */
  async #rename(holder: Artifact, record: Artifact): Promise<boolean> {
    const expiresAt = (record.expiresAt ?? 0) + idOutlives
    const name = sealable({ payload: {}, sessionOf: holder.id })
    const saved = await this.#store
      .update('artifact', holder.id, (old) => {
        if (isEnded(old)) throw new Problem('not_found', 'the session has ended')
        const before = keptIn(old).payload.accountId
        if (before !== undefined && before !== record.subject)
          throw new errors.SessionNotFound('the session changed meanwhile')
        return savedOver(old, record, false)
      })
      .then(() => true, gone)
    return (
      saved &&
      created(
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

/** A session id of its own for each application. */
const sidsOf = (session: Artifact): Set<string | undefined> =>
  new Set(Object.values(keptIn(session).payload.authorizations ?? {}).map(({ sid }) => sid))

const gone = (error: unknown): false => {
  if (isProblem(error, 'not_found')) return false
  throw error
}

/** @param late the writer came with an id that was left meanwhile */
function savedOver(old: Artifact, record: Artifact, late: boolean): Artifact {
  if (isEnded(old)) return old
  const kept = keptIn(old)
  const [theirs, ours] = [kept.payload, keptIn(record).payload]
  const samePerson = theirs.accountId === ours.accountId
  if (late && !samePerson) return old
  const authorizations = samePerson ? joined(theirs, ours) : ours.authorizations
  // Somebody signed in again while this request was on its way: that stays.
  const overtaken = samePerson && (theirs.loginTs ?? 0) > (ours.loginTs ?? 0)
  const { loginTs, amr, acr, password, dependencies } = theirs
  const saved = late ? theirs : overtaken ? { ...ours, loginTs, amr, acr, password, dependencies } : ours
  const payload = { ...saved, ...(authorizations && { authorizations }) } as AdapterPayload
  return {
    ...old,
    payload: sealable({ ...kept, payload }),
    uid: record.uid,
    subject: payload.accountId,
    expiresAt: late ? old.expiresAt : record.expiresAt,
  }
}

/** A request speaks for the application it is about, and for no other. */
function joined(theirs: AdapterPayload, ours: AdapterPayload): Authorizations | undefined {
  if (theirs.authorizations === undefined || ours.authorizations === undefined)
    return theirs.authorizations ?? ours.authorizations
  const all = { ...ours.authorizations, ...theirs.authorizations }
  const { oidc } = currentRequest() ?? {}
  const clientId = oidc?.client?.clientId
  if (clientId === undefined) return all
  const [before, now] = [theirs.authorizations[clientId], ours.authorizations[clientId]]
  if (now) all[clientId] = before?.grantId === now.grantId ? { ...before, ...now } : now
  // Signing out of one application alone.
  else if (oidc?.route === 'end_session_confirm') delete all[clientId]
  return all
}
