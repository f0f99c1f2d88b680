// The person that a request names.
import { z } from 'zod'
import { accountOf, userArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { Person } from '../../iam/people/person.ts'
import type { Permission, Target } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'
import { membershipPermissions } from './groups-of-request.ts'
import { personName } from './schemas.ts'

export const nothing = z.strictObject({})
export const onePerson = z.strictObject({ person: personName })
export const personResource = 'arn:aws:iam::<account>:user/<path><name>'

/** A user of the caller's account; the ARN is that of a user without a path when there is none. */
export async function personTarget(
  { people }: UseCases,
  call: Call,
  { person: nameOrId }: { readonly person: string },
): Promise<Target<Person>> {
  const found = await people.find(call, nameOrId)
  const arn = found?.arn ?? userArn({ accountId: accountOf(call.caller), path: '/', name: nameOrId })
  return { arn, value: found, version: found?.version }
}

/**
 * The permission to declare an e-mail address verified. With a verified address the person is found at a federated sign-in
 * (iam/sign-in/known-address.ts), so that whoever holds the address at the identity provider becomes this person. It is asked for
 * also when the address is verified already: the address may change before the update is made.
 */
export const verifying = (
  { emailVerified }: { readonly emailVerified?: boolean | undefined },
  arn: string,
): readonly Permission[] => (emailVerified === true ? [{ action: 'VerifyPersonEmail', arn }] : [])

/** A user who does not exist yet, with the permissions for their groups and a verified address. */
export async function newPersonTarget(
  use: UseCases,
  call: Call,
  input: {
    readonly name: string
    readonly path?: string | undefined
    readonly groups?: readonly string[] | undefined
    readonly emailVerified?: boolean | undefined
  },
): Promise<Target<true>> {
  const { name, path = '/', groups = [] } = input
  const arn = userArn({ accountId: accountOf(call.caller), path, name })
  const memberships = await membershipPermissions(use, call, { before: [], after: groups })
  return { arn, value: true, also: [...verifying(input, arn), ...memberships] }
}
