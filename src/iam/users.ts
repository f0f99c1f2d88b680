// IAM users: people and long-lived programs of an account.
import { uniqueId } from '../secure/random.ts'
import type { Account, Tag, User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { accountOf, rootArn } from './arn.ts'
import { authorizeCreation, boundaryKey } from './authorization/authorize-creation.ts'
import { getAuthorized, renameAuthorized, userNameOr } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { IamDependencies } from './dependencies.ts'
import { revokeAround } from './ends.ts'
import { entityArn } from './lookup.ts'
import { checkBoundary } from './managed-policy/boundaries.ts'
import { createUnique, deleteConflict, noSuch } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import type { ListPage, ListRequest } from './paging.ts'
import { createWithinQuota } from './record/create-within-quota.ts'
import { pageOf } from './record/segmented-list.ts'
import { checkTags, tagRules } from './tags.ts'

export interface NewUser {
  readonly userName: string
  readonly path?: string | undefined
  readonly permissionsBoundary?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** A record of a new user without policies, groups, tags or credentials. */
export const newUserRecord = (given: Pick<User, 'accountId' | 'name' | 'path' | 'createdAt'>): User => ({
  ...given,
  id: uniqueId('AIDA'),
  inline: [],
  attached: [],
  groups: [],
  tags: [],
  boundary: undefined,
  login: undefined,
  passwordLastUsed: undefined,
  email: undefined,
  emailVerified: false,
  displayName: undefined,
  disabled: false,
  recoveryCodes: [],
})

export class Users {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createUser(call: Call, input: NewUser): Promise<User> {
    const { authorizer, store } = this.#deps
    const user: User = {
      ...newUserRecord({
        accountId: accountOf(call.caller),
        name: checkName('user', input.userName),
        path: checkPath(input.path),
        createdAt: call.circumstances.now,
      }),
      tags: checkTags(tagRules.user, input.tags),
      boundary: input.permissionsBoundary,
    }
    const what = { arn: entityArn('user', user), tags: user.tags, keys: boundaryKey(user) }
    await authorizeCreation(authorizer, call, tagRules.user, what)
    await checkBoundary(this.#deps, call, user.boundary)
    const inAccount = { by: 'account', value: user.accountId } as const
    const limited = { kind: 'user', record: user, quota: 'UsersPerAccount', lookup: inAccount } as const
    await createWithinQuota(store, limited, () => createUnique(store.create('user', user), 'user', user.name))
    return user
  }

  /** The caller when no name is given; for the account root, the account. */
  async getUser(
    call: Call,
    { userName }: { readonly userName?: string | undefined },
  ): Promise<{ readonly user: User } | { readonly root: Account }> {
    const { authorizer, store } = this.#deps
    if (userName === undefined && call.caller.kind === 'root') {
      const { accountId } = call.caller
      await authorizer.authorize(call, 'iam:GetUser', rootArn(accountId))
      const account = await store.get('account', accountId)
      if (account === undefined) throw noSuch('user', 'root')
      return { root: account }
    }
    return { user: await getAuthorized(this.#deps, call, 'user', userNameOr(call, userName), 'iam:GetUser') }
  }

  async listUsers(
    call: Call,
    input: ListRequest & { readonly pathPrefix?: string | undefined },
  ): Promise<ListPage<User>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const prefix = input.pathPrefix ?? '/'
    await authorizer.authorize(call, 'iam:ListUsers', `arn:aws:iam::${accountId}:user${prefix}`)
    return pageOf<'user'>(
      markers,
      call,
      `users:${prefix}`,
      input,
      (page) => store.find('user', { by: 'account', value: accountId, prefix }, page),
      (user) => user.path.startsWith(prefix),
    )
  }

  updateUser(
    call: Call,
    input: {
      readonly userName: string
      readonly newUserName?: string | undefined
      readonly newPath?: string | undefined
    },
  ): Promise<User> {
    return renameAuthorized(this.#deps, call, 'user', 'iam:UpdateUser', input.userName, {
      name: input.newUserName === undefined ? undefined : checkName('user', input.newUserName),
      path: input.newPath === undefined ? undefined : checkPath(input.newPath),
    })
  }

  async deleteUser(call: Call, { userName }: { readonly userName: string }): Promise<void> {
    const { store } = this.#deps
    const user = await getAuthorized(this.#deps, call, 'user', userName, 'iam:DeleteUser')
    if (user.attached.length > 0) throw deleteConflict('attached')
    if (user.inline.length > 0) throw deleteConflict('inline')
    if (await this.#has('accessKey', user)) throw deleteConflict('accessKeys')
    if (await this.#has('mfaDevice', user)) throw deleteConflict('mfaDevice')
    if (await this.#has('signingCertificate', user)) throw deleteConflict('signingCertificates')
    if (await this.#has('sshPublicKey', user)) throw deleteConflict('sshPublicKeys')
    if (await this.#has('serviceSpecificCredential', user)) throw deleteConflict('serviceSpecificCredentials')
    if (user.login !== undefined) throw deleteConflict('loginProfile')
    if (user.groups.length > 0) throw deleteConflict('membership')
    await revokeAround(
      () => this.#deps.ends.userEnded(user),
      async () => {
        if (!(await store.delete('user', user.id))) throw noSuch('user', userName)
        await deleteLeftovers(store, user)
      },
    )
  }

  async #has(kind: (typeof credentialKinds)[number], { id }: User): Promise<boolean> {
    return (await this.#deps.store.find(kind, { by: 'user', value: id }, { limit: 1 })).records.length > 0
  }
}

/** Credentials of users with records of their own. */
const credentialKinds = [
  'accessKey',
  'mfaDevice',
  'passkey',
  'sshPublicKey',
  'signingCertificate',
  'serviceSpecificCredential',
  'scimToken',
] as const

/** Deletes credentials, identity links and one-time links of a deleted user; without the user they are of no use. */
export async function deleteLeftovers(store: Store, { id }: Pick<User, 'id'>): Promise<void> {
  const lookup = { by: 'user', value: id } as const
  for await (const link of store.each('joining', lookup)) await store.delete('joining', link.id)
  for await (const link of store.each('oneTimeLink', lookup)) await store.delete('oneTimeLink', link.id)
  for (const kind of credentialKinds)
    for await (const credential of store.each(kind, lookup)) await store.delete(kind, credential.id)
}
