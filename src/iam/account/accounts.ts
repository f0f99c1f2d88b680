// The accounts of this server. The first one, made at the first start, manages the others: its callers create, close and limit
// them, and nobody in another account sees any account but their own. A new account has one administrator, who chooses a
// password by a one-time link. Callers have been authorized (admin/operation.ts).
import { checkDocument, policySize } from '../../policy/language/document.ts'
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { randomDigits, randomToken, uniqueId } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import { type Account, type EpochSeconds, serverAccount, type User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { checkName } from '../names.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'
import { pageOfSegments, recordSegment } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { newUserRecord } from '../users.ts'

export interface AccountView {
  readonly id: string
  readonly name: string | undefined
  readonly alias: string | undefined
  readonly createdAt: EpochSeconds
  readonly closedAt: EpochSeconds | undefined
  /** The account that manages the others. */
  readonly first: boolean
  /** Names and documents; undefined: nothing is limited. */
  readonly guardrails: Account['guardrails']
  readonly version: string
}

export interface NewAccount {
  readonly name: string
  /** Name of the first user, who has AdministratorAccess. */
  readonly administrator: string
  readonly email?: string | undefined
  /** Also make an access key of the administrator. */
  readonly accessKey: boolean
}

export interface CreatedAccount {
  readonly account: AccountView
  readonly administrator: User
  readonly accessKey: { readonly id: string; readonly secret: Secret } | undefined
}

export interface AccountsDependencies {
  readonly store: Store
  readonly markers: Markers
  readonly firstAccount: string
}

/** As AWS's `FullAWSAccess`: what a new account may do, until its guardrails are changed. */
const fullAccess = {
  name: 'FullAccess',
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
} as const
const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'
/** AWS Organizations quotas: policies attached to an account, and characters of one. */
const mostGuardrails = 5
const largestGuardrail = 5120

export class Accounts {
  readonly #deps: AccountsDependencies
  readonly markers: Markers

  constructor(deps: AccountsDependencies) {
    this.#deps = deps
    this.markers = deps.markers
  }

  /** Whether the caller's account manages the others. */
  manages(call: Call): boolean {
    return accountOf(call.caller) === this.#deps.firstAccount
  }

  /** Undefined for callers of other accounts than the first, whose own account is all they see. */
  async find(call: Call, id: string): Promise<AccountView | undefined> {
    const { firstAccount, store } = this.#deps
    const own = accountOf(call.caller)
    if (own !== firstAccount && own !== id) return undefined
    const account = await store.get('account', id)
    return account && this.#viewOf(account)
  }

  async list(call: Call, list: string, request: ListRequest): Promise<ListPage<AccountView>> {
    const { firstAccount, store, markers } = this.#deps
    const own = accountOf(call.caller)
    const visible = (account: Account) =>
      own === firstAccount || account.id === own ? this.#viewOf(account) : undefined
    const segment = recordSegment<'account', AccountView>(
      (page) => store.find('account', { by: 'all', value: 'all' }, page),
      visible,
    )
    return pageOfSegments(markers, call, list, request, [segment])
  }

  async create(call: Call, input: NewAccount): Promise<CreatedAccount> {
    const { store } = this.#deps
    const { now } = call.circumstances
    const name = checkName('user', input.administrator)
    const account = await this.#createRecord(input.name, now)
    const administrator: User = {
      ...newUserRecord({ accountId: account.id, name, path: '/', createdAt: now }),
      attached: [administratorAccess],
      email: input.email,
    }
    await store.create('user', administrator)
    if (!input.accessKey) return { account: this.#viewOf(account), administrator, accessKey: undefined }
    const key = { id: uniqueId('AKIA'), secret: new Secret(randomToken(30)) }
    await store.create('accessKey', {
      ...key,
      accountId: account.id,
      userId: administrator.id,
      status: 'Active',
      createdAt: now,
      lastUsed: undefined,
    })
    return { account: this.#viewOf(account), administrator, accessKey: key }
  }

  rename(id: string, name: string): Promise<AccountView> {
    return this.#change(id, (old) => ({ ...old, name }))
  }

  /**
   * Nobody of a closed account signs in, and its keys, sessions and roles are refused; what it has is kept.
   * @throws Problem('unmodifiable')
   */
  async close(call: Call, id: string): Promise<AccountView> {
    this.#notFirst(id)
    const { now } = call.circumstances
    return this.#change(id, (old) => ({ ...old, closedAt: old.closedAt ?? now }))
  }

  reopen(id: string): Promise<AccountView> {
    return this.#change(id, ({ closedAt: _, ...old }) => old)
  }

  /** @throws Problem('unmodifiable' | 'malformed_policy' | 'limit_exceeded') */
  async putGuardrail(id: string, name: string, document: string): Promise<AccountView> {
    this.#notFirst(id)
    checkDocument(document, 'guardrail')
    if (policySize(document) > largestGuardrail)
      throw new Problem('limit_exceeded', `a guardrail has at most ${largestGuardrail} characters`)
    return this.#change(id, (old) => {
      const others = (old.guardrails ?? []).filter((one) => one.name !== name)
      if (others.length >= mostGuardrails)
        throw new Problem('limit_exceeded', `an account has at most ${mostGuardrails} guardrails`)
      return { ...old, guardrails: [...others, { name, document }] }
    })
  }

  /** @throws Problem('not_found' | 'unmodifiable') the last one stays, because without any nothing is allowed */
  deleteGuardrail(id: string, name: string): Promise<AccountView> {
    return this.#change(id, (old) => {
      const guardrails = (old.guardrails ?? []).filter((one) => one.name !== name)
      if (guardrails.length === (old.guardrails ?? []).length)
        throw new Problem('not_found', `the account has no guardrail \`${name}\``)
      if (guardrails.length === 0)
        throw new Problem(
          'unmodifiable',
          'the last guardrail stays: put one that allows everything in its place',
        )
      return { ...old, guardrails }
    })
  }

  #viewOf(account: Account): AccountView {
    return {
      id: account.id,
      name: account.name,
      alias: account.alias,
      createdAt: account.createdAt,
      closedAt: account.closedAt,
      first: account.id === this.#deps.firstAccount,
      guardrails: account.guardrails,
      version: sha256base64url(JSON.stringify(account)).slice(0, 22),
    }
  }

  /** @throws Problem('not_found') when it is gone; what `next` throws */
  async #change(id: string, next: (old: Account) => Account): Promise<AccountView> {
    const notFound = () => new Problem('not_found', `there is no account \`${id}\``)
    return this.#viewOf(await updateRecord(this.#deps.store, 'account', id, { notFound }, next))
  }

  /** @throws Problem('unmodifiable') for the first account: whoever limits or closes it could not undo that */
  #notFirst(id: string): void {
    if (id === this.#deps.firstAccount)
      throw new Problem(
        'unmodifiable',
        'the first account manages the others: it is neither closed nor limited',
      )
  }

  async #createRecord(name: string, createdAt: EpochSeconds): Promise<Account> {
    for (;;) {
      const id = String(1 + (Number(randomDigits(12)) % 9)) + randomDigits(11)
      if (id === serverAccount) continue
      const account: Account = {
        id,
        accountId: id,
        alias: undefined,
        name,
        createdAt,
        guardrails: [fullAccess],
      }
      try {
        await this.#deps.store.create('account', account)
        return account
      } catch (error) {
        if (!isProblem(error, 'conflict')) throw error
      }
    }
  }
}
