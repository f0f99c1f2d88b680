// Access requests: a person asks to become a role for a time, and an administrator approves or refuses. Only roles with the tag
// `chancery:requestable` can be asked for. Approval adds a statement with an end to the role's trust policy (granted-statement.ts),
// so that the policy engine decides and explains this access like any other; sessions that rest on it end with it (sts/trust/access-grant.ts).
import { policySize } from '../../policy/language/document.ts'
import { isProblem, Problem } from '../../problem.ts'
import { uniqueId } from '../../secure/random.ts'
import type { AccessRequest, EpochSeconds, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { findEnabledUser } from '../account/enabled-user.ts'
import { accountOf, roleArn } from '../arn.ts'
import { auditedCaller } from '../audit/audited-caller.ts'
import { getAuthorized, updateErrors } from '../authorization/authorized-principal.ts'
import type { Call, Caller } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { byName } from '../lookup.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { accountQuotas, checkAccountQuota } from '../quotas.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { countWithinHour } from '../sign-in/message-limit.ts'
import { withGrant, withoutGrants } from './granted-statement.ts'
import { isRequestable, requestableTag } from './requestable.ts'

export type { AccessRequest }

/** Limits of access requests: of text in characters, of time in seconds. */
export const accessRequestLimits = {
  text: 500,
  shortest: 900,
  longest: 30 * 86_400,
  openPerPerson: 5,
  perHour: 10,
  /** An open request that nobody decided on is deleted. */
  open: 14 * 86_400,
  /** After the decision, or the end of the access. */
  kept: 90 * 86_400,
} as const

export interface AccessRequestsDependencies
  extends Pick<IamDependencies, 'store' | 'authorizer' | 'markers' | 'ends'> {
  /** Sends the person a mail, where mail is configured; does not throw. */
  readonly notify: (user: User, request: AccessRequest) => Promise<void>
}

export interface AccessRequestInput {
  readonly roleArn: string
  readonly reason: string
  /** Seconds. */
  readonly wished: number
}

export class AccessRequests {
  readonly #deps: AccessRequestsDependencies

  constructor(deps: AccessRequestsDependencies) {
    this.#deps = deps
  }

  /**
   * Asks for a role. Whether the person can become it already is for the caller to find out.
   * @throws Problem('not_found') for a role that cannot be asked for, with the same message as for one that does not exist ·
   *   Problem('validation') · Problem('conflict') when the person has asked for it already ·
   *   Problem('limit_exceeded') for a sixth open request · Problem('throttled') for an eleventh within an hour
   */
  async requestAccess(call: Call, input: AccessRequestInput): Promise<AccessRequest> {
    const caller = personOf(call)
    const { store } = this.#deps
    const { now } = call.circumstances
    const reason = checkText('reason', input.reason)
    const wished = checkDuration(input.wished)
    return withKeyLock(`access-requests:${caller.userId}`, async () => {
      if (
        (await countWithinHour(store, `access-requests:${caller.userId}`, now)) > accessRequestLimits.perHour
      )
        throw new Problem(
          'throttled',
          'you have asked for access many times within the last hour: try again later',
        )
      const role = await requestableRole(store, caller.accountId, input.roleArn)
      const request: AccessRequest = {
        id: uniqueId('AREQ'),
        accountId: caller.accountId,
        userId: caller.userId,
        roleId: role.id,
        userName: caller.userName,
        roleArn: roleArn(role),
        reason,
        wished,
        state: 'open',
        createdAt: now,
        decision: undefined,
        until: undefined,
        expiresAt: now + accessRequestLimits.open,
      }
      await this.#checkOpen(caller.userId, accessRequestLimits.openPerPerson - 1)
      await store.create('accessRequest', request).catch((error: unknown) => {
        if (!isProblem(error, 'conflict')) throw error
        throw new Problem('conflict', 'you have asked for this role already')
      })
      try {
        // Another process may have made one at the same moment.
        await this.#checkOpen(caller.userId, accessRequestLimits.openPerPerson)
      } catch (error) {
        await store.delete('accessRequest', request.id)
        throw error
      }
      return request
    })
  }

  /** Takes back an open request of the person. @throws Problem('not_found'), Problem('conflict') when it was decided */
  async withdrawAccessRequest(call: Call, { id }: { readonly id: string }): Promise<AccessRequest> {
    const caller = personOf(call)
    const found = await this.#deps.store.get('accessRequest', id)
    if (found?.userId !== caller.userId || found.accountId !== caller.accountId) throw unknown(id)
    return this.#change(found, ['open'], (old) => ({ ...old, state: 'withdrawn' }))
  }

  /** The latest requests of a person, at most twenty. */
  async ofPerson(userId: string): Promise<readonly AccessRequest[]> {
    const { records } = await this.#deps.store.find(
      'accessRequest',
      { by: 'user', value: userId },
      { limit: 20, descending: true },
    )
    return records
  }

  /** A request of the caller's account, with its role while that exists. The caller has been authorized, or is authorized with it. */
  async find(
    call: Call,
    id: string,
  ): Promise<{ readonly request: AccessRequest; readonly role: Role | undefined } | undefined> {
    const { store } = this.#deps
    const request = await store.get('accessRequest', id)
    if (request === undefined || request.accountId !== accountOf(call.caller)) return undefined
    return { request, role: await store.get('role', request.roleId) }
  }

  /** A page of the account's requests, the latest first. @throws Problem('validation') for a marker of another list */
  list(
    call: Call,
    { state, ...page }: ListRequest & { readonly state?: AccessRequest['state'] | undefined },
  ): Promise<ListPage<AccessRequest>> {
    const { markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const lookup =
      state === undefined
        ? ({ by: 'account', value: accountId } as const)
        : ({ by: 'state', value: `${accountId} ${state}` } as const)
    return pageOf<'accessRequest'>(markers, call, `access requests:${state ?? ''}`, page, (at) =>
      store.find('accessRequest', lookup, { ...at, descending: true }),
    )
  }

  /**
   * Lets the person become the role until the time is over. Needs iam:UpdateAssumeRolePolicy on the role.
   * @param input `seconds` of access, by default as long as was asked for
   * @throws Problem('denied') also for the person's own request · Problem('conflict') when it was decided, when the person or the role
   *   no longer exists, or when the role can no longer be asked for · Problem('limit_exceeded') when the trust policy would be too long · Problem('validation')
   */
  async approve(
    call: Call,
    request: AccessRequest,
    input: { readonly seconds?: number | undefined; readonly answer?: string | undefined },
  ): Promise<AccessRequest> {
    const { store } = this.#deps
    const { now } = call.circumstances
    const seconds = checkDuration(input.seconds ?? request.wished)
    const answer = input.answer === undefined ? undefined : checkText('answer', input.answer)
    const role = await this.#mayChangeTrust(call, request)
    if (!isRequestable(role)) throw noLongerRequestable(role)
    checkNotOwn(call, request)
    const user = await findEnabledUser(store, request.userId)
    if (user === undefined)
      throw new Problem('conflict', 'the person who asked no longer exists, or is disabled')
    const grant = { id: request.id, userId: request.userId, until: now + seconds }
    const limits = await accountQuotas(store, request.accountId)
    const approved = await this.#change(request, ['open'], (old) => ({
      ...old,
      state: 'approved',
      decision: { ...deciderOf(call), at: now, answer },
      until: grant.until,
      expiresAt: grant.until + accessRequestLimits.kept,
    }))
    try {
      await updateRecord(store, 'role', role.id, updateErrors('role', role.name), (old) => {
        if (!isRequestable(old)) throw noLongerRequestable(old)
        const trust = withGrant(old.trust, grant, now)
        checkAccountQuota(limits, 'ACLSizePerRole', policySize(trust))
        return { ...old, trust }
      })
    } catch (error) {
      await this.#reopen(approved, request)
      throw error
    }
    await this.#removeIfEnded(approved)
    await this.#deps.notify(user, approved)
    return approved
  }

  /** @throws Problem('conflict') when it was decided · Problem('validation') */
  async refuse(
    call: Call,
    request: AccessRequest,
    { answer }: { readonly answer: string },
  ): Promise<AccessRequest> {
    const { now } = call.circumstances
    const text = checkText('answer', answer)
    const refused = await this.#change(request, ['open'], (old) => ({
      ...old,
      state: 'refused',
      decision: { ...deciderOf(call), at: now, answer: text },
      expiresAt: now + accessRequestLimits.kept,
    }))
    await this.#notify(refused)
    return refused
  }

  /**
   * Ends approved access, and the sessions that rest on it, at once.
   * @throws Problem('conflict') when there is no access to end
   */
  async end(call: Call, request: AccessRequest): Promise<AccessRequest> {
    const { ends } = this.#deps
    if (request.state !== 'approved') throw decided(request)
    const ended = await revokeAround(
      () => ends.grantEnded(request),
      async () => {
        await this.#removeGrants(request.roleId, ({ id }) => id === request.id)
        return this.#change(request, ['approved'], (old) => ({
          ...old,
          state: 'ended',
          until: Math.min(old.until ?? 0, call.circumstances.now),
          expiresAt: call.circumstances.now + accessRequestLimits.kept,
        }))
      },
    )
    await this.#notify(ended)
    return ended
  }

  /**
   * Removes the statements of access that is over by itself, at most a hundred at a time. They allow nothing any more; what is left of
   * them would fill the trust policy.
   */
  async removeOver(now: EpochSeconds): Promise<void> {
    const { records } = await this.#deps.store.find(
      'accessRequest',
      { by: 'ending', value: 'all' },
      { limit: 100 },
    )
    for (const request of records) {
      if ((request.until ?? 0) > now) return
      await this.#removeGrants(request.roleId, ({ until }) => until <= now)
      await this.#change(request, ['approved'], (old) => ({ ...old, state: 'ended' })).catch(
        (error: unknown) => {
          // Another process has done it.
          if (!isProblem(error, 'conflict') && !isProblem(error, 'not_found')) throw error
        },
      )
    }
  }

  async #removeGrants(roleId: string, isRemoved: Parameters<typeof withoutGrants>[1]): Promise<void> {
    const { store } = this.#deps
    const role = await store.get('role', roleId)
    if (role === undefined || withoutGrants(role.trust, isRemoved) === role.trust) return
    await store
      .update('role', roleId, (old) => ({ ...old, trust: withoutGrants(old.trust, isRemoved) }))
      .catch((error: unknown) => {
        if (!isProblem(error, 'not_found')) throw error
      })
  }

  async #mayChangeTrust(call: Call, request: AccessRequest): Promise<Role> {
    const name = request.roleArn.slice(request.roleArn.lastIndexOf('/') + 1)
    const role = await getAuthorized(this.#deps, call, 'role', name, 'iam:UpdateAssumeRolePolicy')
    // A role that was made later with the name of a deleted one was not asked for (docs/attacks.md 15).
    if (role.id !== request.roleId)
      throw new Problem('conflict', 'the role that was asked for no longer exists')
    return role
  }

  async #checkOpen(userId: string, most: number): Promise<void> {
    const lookup = { by: 'openOf', value: userId } as const
    const { records } = await this.#deps.store.find('accessRequest', lookup, { limit: most + 1 })
    if (records.length > most)
      throw new Problem(
        'limit_exceeded',
        `you have ${accessRequestLimits.openPerPerson} open requests: wait for a decision, or withdraw one`,
      )
  }

  #change(
    request: AccessRequest,
    from: readonly AccessRequest['state'][],
    next: (old: AccessRequest) => AccessRequest,
  ): Promise<AccessRequest> {
    const errors = { notFound: () => unknown(request.id) }
    return updateRecord(this.#deps.store, 'accessRequest', request.id, errors, (old) => {
      if (!from.includes(old.state)) throw decided(old)
      return next(old)
    })
  }

  /** Somebody may have ended the access before its statement was written. @throws Problem('conflict') */
  async #removeIfEnded({ id, roleId }: AccessRequest): Promise<void> {
    const { ends, store } = this.#deps
    const request = await store.get('accessRequest', id)
    if (request?.state === 'approved') return
    await this.#removeGrants(roleId, (grant) => grant.id === id)
    if (request === undefined) throw unknown(id)
    await ends.grantEnded(request)
    throw decided(request)
  }

  /** After an approval that did not succeed. */
  async #reopen(approved: AccessRequest, request: AccessRequest): Promise<void> {
    try {
      await this.#change(approved, ['approved'], () => request)
    } catch (error) {
      // The person has asked again meanwhile, and that request is the open one.
      if (!isProblem(error, 'conflict')) throw error
      await this.#deps.store.delete('accessRequest', request.id)
    }
  }

  async #notify(request: AccessRequest): Promise<void> {
    const user = await findEnabledUser(this.#deps.store, request.userId)
    if (user) await this.#deps.notify(user, request)
  }
}

/** @throws Problem('denied') for a caller that is not a user themselves */
function personOf({ caller }: Call): Extract<Caller, { kind: 'user' }> {
  if (caller.kind === 'user') return caller
  throw new Problem('denied', 'only a person asks for access')
}

const unknown = (id: string): Problem =>
  new Problem('not_found', `there is no access request \`${id.slice(0, 64)}\``)

const decided = ({ state }: AccessRequest): Problem =>
  new Problem('conflict', `the request is ${state}: it was decided or withdrawn meanwhile`)

/** @throws Problem('denied') for the request of the caller, also in a session of a role */
function checkNotOwn({ caller }: Call, { userId }: AccessRequest): void {
  if ('userId' in caller && caller.userId === userId)
    throw new Problem('denied', 'somebody else must approve your own request')
}

const noLongerRequestable = ({ name }: Role): Problem =>
  new Problem(
    'conflict',
    `nobody can ask for the role \`${name}\` any more: its tag \`${requestableTag}\` was removed`,
  )

const deciderOf = ({ caller }: Call): { readonly byId: string; readonly by: string } => ({
  byId: auditedCaller(caller).actor.id ?? '',
  by: auditedCaller(caller).who,
})

/** One to 500 characters of text on one or more lines. @throws Problem('validation') */
function checkText(field: 'reason' | 'answer', given: string): string {
  const text = given.replaceAll('\r\n', '\n').trim()
  const refused = (message: string) => new Problem('validation', message, { fields: [{ field, message }] })
  if (text === '') throw refused(`\`${field}\` is empty`)
  if (text.length > accessRequestLimits.text)
    throw refused(`\`${field}\` has more than ${accessRequestLimits.text} characters`)
  if (!text.isWellFormed() || /[^\P{C}\n]/u.test(text))
    throw refused(`\`${field}\` has characters that cannot be shown`)
  return text
}

/** Whole seconds from 15 minutes to 30 days. @throws Problem('validation') */
function checkDuration(seconds: number): number {
  const { shortest, longest } = accessRequestLimits
  if (Number.isInteger(seconds) && seconds >= shortest && seconds <= longest) return seconds
  const message = 'access lasts 15 minutes to 30 days'
  throw new Problem('validation', message, { fields: [{ field: 'minutes', message }] })
}

/** @throws Problem('not_found') */
async function requestableRole(store: Store, accountId: string, arn: string): Promise<Role> {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const role = await byName(store, 'role', accountId, name)
  if (role !== undefined && roleArn(role) === arn && isRequestable(role)) return role
  throw new Problem('not_found', 'there is no such role that can be asked for')
}
