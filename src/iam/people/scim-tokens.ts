// Bearer tokens for the SCIM endpoints, for clients that cannot sign requests. A token acts as an IAM user: the policy engine
// decides by that user's policies, and a token of a disabled or deleted user is refused. Only the token's hash is stored.
import { isProblem, Problem } from '../../problem.ts'
import { equals, sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { EpochSeconds, ScimToken } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, userArn } from '../arn.ts'
import type { Call, Caller } from '../caller.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'
import { pageOf } from '../record/segmented-list.ts'
import type { Person } from './person.ts'

/** Seconds between two writes of `lastUsed`. */
const lastUsedStep = 60

export interface NewScimToken {
  readonly description?: string | undefined
  readonly verifiesEmail: boolean
  /** Epoch seconds. */
  readonly expiresAt?: EpochSeconds | undefined
}

export interface ScimCaller {
  readonly caller: Extract<Caller, { kind: 'user' }>
  readonly verifiesEmail: boolean
}

export interface ScimTokensDependencies {
  readonly store: Store
  readonly markers: Markers
}

export class ScimTokens {
  readonly #deps: ScimTokensDependencies
  readonly markers: Markers

  constructor(deps: ScimTokensDependencies) {
    this.#deps = deps
    this.markers = deps.markers
  }

  /** @returns the token, readable this one time */
  async create(
    call: Call,
    person: Person,
    input: NewScimToken,
  ): Promise<{ readonly token: string; readonly record: ScimToken }> {
    const { store } = this.#deps
    const id = `scim-${randomToken(12)}`
    const token = `${id}.${randomToken()}`
    const record: ScimToken = {
      id,
      accountId: accountOf(call.caller),
      userId: person.id,
      description: input.description,
      hash: sha256base64url(token),
      verifiesEmail: input.verifiesEmail,
      createdAt: call.circumstances.now,
      expiresAt: input.expiresAt,
      lastUsed: undefined,
    }
    await store.create('scimToken', record)
    // Deleting a user deletes its tokens; one that was made at the same time must not remain.
    if ((await store.get('user', person.id)) === undefined) {
      await store.delete('scimToken', id)
      throw new Problem('not_found', `there is no person \`${person.name}\` any more`)
    }
    return { token, record }
  }

  async find(call: Call, id: string): Promise<ScimToken | undefined> {
    const found = await this.#deps.store.get('scimToken', id)
    return found?.accountId === accountOf(call.caller) ? found : undefined
  }

  list(call: Call, request: ListRequest): Promise<ListPage<ScimToken>> {
    const { markers, store } = this.#deps
    const lookup = { by: 'account', value: accountOf(call.caller) } as const
    return pageOf<'scimToken'>(markers, call, 'scim tokens', request, (page) =>
      store.find('scimToken', lookup, page),
    )
  }

  async remove({ id }: ScimToken): Promise<void> {
    await this.#deps.store.delete('scimToken', id)
  }

  /** @throws Problem('unauthenticated') with one message, whatever is wrong with the token */
  async authenticate(token: string, now: EpochSeconds): Promise<ScimCaller> {
    const { store } = this.#deps
    const id = token.slice(0, token.indexOf('.'))
    const record = token.length > 128 ? undefined : await store.get('scimToken', id)
    const right = equals(record?.hash ?? '', sha256base64url(token))
    if (record === undefined || !right || (record.expiresAt ?? Infinity) <= now) throw invalid()
    const user = await store.get('user', record.userId)
    if (user === undefined || user.disabled) throw invalid()
    await this.#noteUse(record, now)
    return {
      verifiesEmail: record.verifiesEmail,
      caller: {
        kind: 'user',
        accountId: user.accountId,
        arn: userArn(user),
        userId: user.id,
        userName: user.name,
        accessKeyId: record.id,
        mfaAge: undefined,
        temporary: false,
        issuedAt: undefined,
      },
    }
  }

  async #noteUse({ id, lastUsed }: ScimToken, now: EpochSeconds): Promise<void> {
    if (lastUsed !== undefined && lastUsed > now - lastUsedStep) return
    await this.#deps.store
      .update('scimToken', id, (old) => ({ ...old, lastUsed: now }))
      .catch((error: unknown) => {
        if (!isProblem(error, 'not_found')) throw error
      })
  }
}

const invalid = (): Problem => new Problem('unauthenticated', 'the bearer token is not valid')
