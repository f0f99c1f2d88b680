// Renames and removes authenticator apps and passkeys, after a recent sign-in: the same pages for both kinds of factor.
import type { Context } from 'koa'
import { type FactorRemoval, removeFactorPage, renameFactorPage } from '../../views/account/forms.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'
import { Problem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import type { Profile } from './own-credentials.ts'
import { type AccountDependencies, freshAccountRequestOf, ownForm, redirectDone, target } from './request.ts'

interface Factor {
  readonly id: string
  readonly name: string
}

interface FactorKind {
  /** The pages are `<path>/rename` and `<path>/remove`. */
  readonly path: string
  /** Name of the field, and of the query parameter, with the factor's id. */
  readonly field: string
  readonly notFound: string
  /** What the account page then says was done. */
  readonly removed: 'removed' | 'passkey-removed'
  readonly of: (profile: Profile) => readonly Factor[]
  readonly removal: (profile: Profile) => FactorRemoval
  /** False when the user has no such factor. */
  readonly rename: (
    deps: AccountDependencies,
    userId: string,
    id: string,
    name: string,
    origin: RequestOrigin,
  ) => Promise<boolean>
  /** False when the user has no such factor. */
  readonly remove: (
    deps: AccountDependencies,
    userId: string,
    id: string,
    origin: RequestOrigin,
  ) => Promise<boolean>
}

type Handler = (ctx: Context, deps: AccountDependencies) => Promise<void>

interface FactorHandlers {
  readonly showRename: Handler
  readonly rename: Handler
  readonly showRemove: Handler
  readonly remove: Handler
}

function factorHandlers(kind: FactorKind): FactorHandlers {
  const noSuchFactor = () => new Problem('not_found', kind.notFound)
  /** The signed-in user's factor that the query names; undefined when the browser was redirected to sign in again. */
  const factorOf = async (ctx: Context, deps: AccountDependencies, path: string) => {
    const id = readQuery(ctx).get(kind.field) ?? ''
    const request = await freshAccountRequestOf(ctx, deps, `${path}?${kind.field}=${encodeURIComponent(id)}`)
    if (!request) return undefined
    const factor = kind.of(request.profile).find((one) => one.id === id)
    if (factor === undefined) throw noSuchFactor()
    const form = { ...target(request, path), field: kind.field, id, name: factor.name }
    return { form, profile: request.profile }
  }
  return {
    async showRename(ctx, deps) {
      const found = await factorOf(ctx, deps, `${kind.path}/rename`)
      if (found) deps.show(ctx, renameFactorPage(found.form))
    },
    async rename(ctx, deps) {
      const form = await ownForm(ctx, deps)
      const request = await freshAccountRequestOf(ctx, deps, '/account')
      if (!request) return
      const { profile, origin } = request
      if (!(await kind.rename(deps, profile.userId, field(form, kind.field), field(form, 'name'), origin)))
        throw noSuchFactor()
      redirectDone(ctx, 'renamed')
    },
    async showRemove(ctx, deps) {
      const found = await factorOf(ctx, deps, `${kind.path}/remove`)
      if (found) deps.show(ctx, removeFactorPage({ ...found.form, removal: kind.removal(found.profile) }))
    },
    async remove(ctx, deps) {
      const form = await ownForm(ctx, deps)
      const request = await freshAccountRequestOf(ctx, deps, '/account')
      if (!request) return
      const { profile, origin } = request
      if (!(await kind.remove(deps, profile.userId, field(form, kind.field), origin))) throw noSuchFactor()
      redirectDone(ctx, kind.removed)
    },
  }
}

export const authenticators = factorHandlers({
  path: '/account/authenticator',
  field: 'device',
  notFound: 'you have no such authenticator app',
  removed: 'removed',
  of: (profile) => profile.authenticators,
  removal: (profile) => (profile.authenticators.length === 1 ? 'last-authenticator' : 'authenticator'),
  rename: ({ credentials }, ...factor) => credentials.renameTotp(...factor),
  remove: ({ credentials }, ...factor) => credentials.removeTotp(...factor),
})

export const passkeys = factorHandlers({
  path: '/account/passkeys',
  field: 'passkey',
  notFound: 'you have no such passkey',
  removed: 'passkey-removed',
  of: (profile) => profile.passkeys,
  removal: () => 'passkey',
  rename: (deps, ...factor) => deps.passkeys.rename(...factor),
  remove: (deps, ...factor) => deps.passkeys.remove(...factor),
})
