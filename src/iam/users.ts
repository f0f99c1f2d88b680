// Users: people and long-lived programs of one account.
import { uniqueId } from '../secure/random.ts'
import type { Account, MfaDevice, Tag, User } from '../store/records.ts'
import { accountOf, rootArn } from './arn.ts'
import { opened, renamed, userNameOr } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'
import { endingAround } from './ends.ts'
import { bearerArn } from './lookup.ts'
import { checkBoundary } from './managed-policy/boundaries.ts'
import { mustFirst, noSuch, orTaken } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import type { Listed, ListRequest } from './paging.ts'
import { pageOf } from './segmented-list.ts'
import { checkTags, requestTagKeys, tagRules } from './tags.ts'

export interface NewUser {
  readonly userName: string
  readonly path?: string | undefined
  readonly permissionsBoundary?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** A user with nothing on it yet. */
export const blankUser = (given: Pick<User, 'accountId' | 'name' | 'path' | 'createdAt'>): User => ({
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

export const users = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  return {
    async createUser(call: Call, input: NewUser): Promise<User> {
      const user: User = {
        ...blankUser({
          accountId: accountOf(call.caller),
          name: checkName('user', input.userName),
          path: checkPath(input.path),
          createdAt: call.circumstances.now,
        }),
        tags: checkTags(tagRules.user, input.tags),
        boundary: input.permissionsBoundary,
      }
      const extra = [['iam:PermissionsBoundary', user.boundary] as const, ...requestTagKeys(user.tags)]
      await authorizer.authorize(call, 'iam:CreateUser', bearerArn('user', user), extra)
      await checkBoundary(parts, call, user.boundary)
      await orTaken(store.create('user', user), 'user', user.name)
      return user
    },

    /** The caller's own when no name is given; root's is the account. */
    async getUser(
      call: Call,
      { userName }: { readonly userName?: string | undefined },
    ): Promise<{ readonly user: User } | { readonly root: Account }> {
      if (userName === undefined && call.caller.kind === 'root') {
        const { accountId } = call.caller
        await authorizer.authorize(call, 'iam:GetUser', rootArn(accountId))
        const account = await store.get('account', accountId)
        if (account === undefined) throw noSuch('user', 'root')
        return { root: account }
      }
      return { user: await opened(parts, call, 'user', userNameOr(call, userName), 'iam:GetUser') }
    },

    async listUsers(
      call: Call,
      input: ListRequest & { readonly pathPrefix?: string | undefined },
    ): Promise<Listed<User>> {
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
    },

    updateUser: (
      call: Call,
      input: {
        readonly userName: string
        readonly newUserName?: string | undefined
        readonly newPath?: string | undefined
      },
    ): Promise<User> =>
      renamed(parts, call, 'user', 'iam:UpdateUser', input.userName, {
        name: input.newUserName === undefined ? undefined : checkName('user', input.newUserName),
        path: input.newPath === undefined ? undefined : checkPath(input.newPath),
      }),

    async deleteUser(call: Call, { userName }: { readonly userName: string }): Promise<void> {
      const user = await opened(parts, call, 'user', userName, 'iam:DeleteUser')
      const some = { limit: 1 }
      const keys = await store.find('accessKey', { by: 'user', value: user.id }, some)
      const devices = await store.find('mfaDevice', { by: 'user', value: user.id }, some)
      if (user.attached.length > 0) throw mustFirst('attached')
      if (user.inline.length > 0) throw mustFirst('inline')
      if (keys.records.length > 0) throw mustFirst('accessKeys')
      if (devices.records.length > 0) throw mustFirst('mfaDevice')
      if (user.login !== undefined) throw mustFirst('loginProfile')
      if (user.groups.length > 0) throw mustFirst('membership')
      await endingAround(
        () => parts.ends.userEnded(user),
        async () => {
          if (!(await store.delete('user', user.id))) throw noSuch('user', userName)
          await removeStrays(user)
        },
      )
    },
  }

  /** A key or device that was made while the user went: without its user it is good for nothing, and goes. */
  async function removeStrays(user: User): Promise<void> {
    const page = { limit: 1000 }
    const keys = await store.find('accessKey', { by: 'user', value: user.id }, page)
    for (const key of keys.records) await store.delete('accessKey', key.id)
    const joinings = await store.find('joining', { by: 'user', value: user.id }, page)
    for (const joining of joinings.records) await store.delete('joining', joining.id)
    const devices = await store.find('mfaDevice', { by: 'user', value: user.id }, page)
    for (const device of devices.records as readonly MfaDevice[]) await store.delete('mfaDevice', device.id)
  }
}
