// A provider of the admin API as the pages show it.
import type { z } from 'zod'
import type { ProviderRow } from '../../../views/console/providers/providers.ts'
import type { provider } from '../../admin/identity-providers/schemas.ts'

export type ManagedProvider = z.output<typeof provider>

export const rowOf = ({ arn, name, kind, issuer, state, source, signIn }: ManagedProvider): ProviderRow => ({
  arn,
  name,
  kind,
  issuer,
  disabled: state === 'disabled',
  fromFile: source === 'file',
  signIn,
})
