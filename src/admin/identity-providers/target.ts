// The identity provider that a request names, and the one that it describes. Those that people sign in with belong to the account
// of the first start, so callers of other accounts find none.
import { z } from 'zod'
import { accountOf, openIdProviderArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { ManagedProviderView } from '../../iam/provider/managed-provider-view.ts'
import type { ManagedProviders } from '../../iam/provider/managed-providers.ts'
import { resourceTagKeys } from '../../iam/tags.ts'
import { Problem } from '../../problem.ts'
import type { NamedTarget, Permission, Target } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'
import { providerPermissions } from './permissions.ts'

type Provider = ManagedProviderView['provider']

export const oneProvider = z.strictObject({
  provider: z.string().min(1).max(2048).describe('name or ARN'),
})
export const providerResource = 'arn:aws:iam::<account>:<kind>-provider/<name or issuer>'

export const isOwner = ({ serverAccountId }: UseCases, { caller }: Call): boolean =>
  accountOf(caller) === serverAccountId

/** What is asked for where there is no provider to have an ARN. */
export const unknownArn = ({ serverAccountId }: UseCases, name: string): string =>
  name.startsWith('arn:aws:iam::') ? name : `arn:aws:iam::${serverAccountId}:identity-provider/${name}`

export async function providerTarget(
  use: UseCases,
  call: Call,
  { provider: nameOrArn }: { readonly provider: string },
): Promise<Target<ManagedProviderView>> {
  const found = isOwner(use, call)
    ? await use.identityProviders.managed.find(use.serverAccountId, nameOrArn)
    : undefined
  return {
    arn: found?.provider.id ?? unknownArn(use, nameOrArn),
    keys: resourceTagKeys(found?.provider.tags),
    value: found,
    version: found?.version,
  }
}

/** Settings that were read, or why they could not be: callers without permission do not learn that. */
export type ReadSettings = { readonly provider: Provider } | { readonly fault: Problem }

function settingsOf(read: () => Provider): ReadSettings {
  try {
    return { provider: read() }
  } catch (error) {
    if (error instanceof Problem) return { fault: error }
    throw error
  }
}

/** @throws Problem why they could not be read */
export function readOf(settings: ReadSettings): Provider {
  if ('fault' in settings) throw settings.fault
  return settings.provider
}

const permissionsOf = async (
  use: UseCases,
  call: Call,
  settings: ReadSettings,
  before: Provider | undefined,
): Promise<readonly Permission[]> =>
  'fault' in settings ? [] : providerPermissions(use, call, { before, after: settings.provider })

/** The ARN that an entry asks for, as far as its own text says it. */
export function newProviderName(
  use: UseCases,
  _: Call,
  { kind, name, url }: Parameters<ManagedProviders['read']>[0],
): NamedTarget | undefined {
  if (kind !== 'openid')
    return { arn: `arn:aws:iam::${use.serverAccountId}:${kind}-provider/${textOf(name)}` }
  // Without a URL its preset has one.
  return typeof url === 'string' ? { arn: openIdProviderArn(use.serverAccountId, textOf(url)) } : undefined
}

/** What an ARN may have of a text that was not checked; `*`: nothing. */
const textOf = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value.slice(0, 2048) : '*'

/** An enabled provider signs people in, as a new one does. */
export async function enabledProviderTarget(
  use: UseCases,
  call: Call,
  input: { readonly provider: string },
): Promise<Target<ManagedProviderView>> {
  const target = await providerTarget(use, call, input)
  const after = target.value?.provider
  return after === undefined
    ? target
    : { ...target, also: await providerPermissions(use, call, { before: undefined, after }) }
}

/** A new provider, with the permissions that its settings take. */
export async function newProviderTarget(
  use: UseCases,
  call: Call,
  entry: Parameters<ManagedProviders['read']>[0],
): Promise<Target<ReadSettings>> {
  const named = newProviderName(use, call, entry)?.arn ?? unknownArn(use, '*')
  if (!isOwner(use, call)) return { arn: named, value: undefined }
  const { managed } = use.identityProviders
  const owner = { accountId: use.serverAccountId, now: call.circumstances.now }
  const settings = settingsOf(() => managed.read(entry, owner))
  return {
    arn: 'fault' in settings ? named : settings.provider.id,
    value: settings,
    also: await permissionsOf(use, call, settings, undefined),
  }
}

export interface ChangedTarget {
  readonly found: ManagedProviderView
  readonly settings: ReadSettings
}

/** A provider and what a change makes of it, with the permissions that it takes. */
export async function changedProviderTarget(
  use: UseCases,
  call: Call,
  input: { readonly provider: string } & Parameters<ManagedProviders['changed']>[1],
): Promise<Target<ChangedTarget>> {
  const { provider: nameOrArn, ...change } = input
  const target = await providerTarget(use, call, { provider: nameOrArn })
  const found = target.value
  if (found === undefined) return { ...target, value: undefined }
  const settings = settingsOf(() => use.identityProviders.managed.changed(found, change))
  return {
    ...target,
    value: { found, settings },
    also: await permissionsOf(use, call, settings, found.provider),
  }
}
