// Providers of one kind: found in the caller's own account alone, authorised by their tags, changed by compare-and-swap.
import type { IdentityProvider } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import { resourceTagKeys } from '../tags.ts'

type Kind = IdentityProvider['kind']
type Of<K extends Kind> = Extract<IdentityProvider, { readonly kind: K }>

export const isOfKind =
  <K extends Kind>(kind: K) =>
  (provider: IdentityProvider): provider is Of<K> =>
    provider.kind === kind

export const providerDoor = <K extends Kind>(
  { store, authorizer }: Parts,
  kind: K,
  missing: Parameters<typeof noSuch>[0],
) => {
  const isOurs = isOfKind(kind)

  const found = async (call: Call, arn: string): Promise<Of<K> | undefined> => {
    const provider = await store.get('identityProvider', arn)
    return provider && isOurs(provider) && provider.accountId === accountOf(call.caller)
      ? provider
      : undefined
  }

  const opened = async (
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<Of<K>> => {
    const provider = await found(call, arn)
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(provider?.tags), ...extra])
    if (provider === undefined) throw noSuch(missing, arn)
    return provider
  }

  const changed = async (
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[],
    next: (old: Of<K>) => Of<K>,
  ): Promise<void> => {
    await opened(call, arn, action, extra)
    const gone = () => noSuch(missing, arn)
    await change(store, 'identityProvider', arn, { gone }, (old) => {
      if (!isOurs(old)) throw gone()
      return next(old)
    })
  }

  return { found, opened, changed }
}
