// Settings of an account: what passwords must be, who needs a second factor, and how long browser sessions last.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { mostTrustedDeviceDays } from '../../iam/mfa/trusted-browsers.ts'
import type { SettingsOfAccount } from '../../iam/people/account-settings.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { everybodyOf } from '../people/everybody.ts'
import { groupsNamed, membershipPermissions, readableGroupsNamed } from '../people/groups-of-request.ts'
import type { UseCases } from '../use-cases.ts'

const members = {
  passwordMinimumLength: z.int().min(6).max(128).describe('characters'),
  passwordRequireSymbols: z.boolean().describe('at least one symbol'),
  passwordRequireNumbers: z.boolean().describe('at least one number'),
  passwordRequireUppercase: z.boolean().describe('at least one uppercase letter'),
  passwordRequireLowercase: z.boolean().describe('at least one lowercase letter'),
  passwordRefuseGuessable: z.boolean().describe('passwords that are guessed easily are refused'),
  passwordMaxAgeDays: z.int().min(1).max(1095).describe('days after which a password must be changed'),
  passwordReusePrevention: z.int().min(1).max(24).describe('how many latest passwords may not be used again'),
  secondFactor: z
    .enum(['required', 'optional'])
    .describe('optional: only for members of secondFactorGroups, and whoever has set one up'),
  secondFactorGroups: z
    .array(z.string().min(1).max(128))
    .max(50)
    .describe('names of groups whose members need a second factor'),
  passkeys: z
    .enum(['allowed', 'device-bound', 'refused'])
    .describe('device-bound: only passkeys that stay on one device, such as security keys'),
  trustedDeviceDays: z
    .int()
    .min(0)
    .max(mostTrustedDeviceDays)
    .describe(
      'days for which a browser that a person trusts needs no second factor at sign-in; 0: none. Lowering it ends older trust',
    ),
  trustedDevicesForGroups: z
    .boolean()
    .describe(
      'members of secondFactorGroups too may sign in from a browser that they trust without a second factor',
    ),
  selfRegistration: z
    .enum(['off', 'domains', 'anyone'])
    .describe('who may create an account by themselves, with an e-mail address that they confirm'),
  selfRegistrationDomains: z
    .array(z.string().regex(/^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain in lower case'))
    .max(50)
    .describe('for selfRegistration domains: those of the addresses'),
  selfRegistrationGroup: z.string().min(1).max(128).describe('name of the group that they join'),
  sessionIdleSeconds: z
    .int()
    .min(300)
    .max(7_776_000)
    .describe('a browser session ends after so long without use'),
  sessionLifetimeSeconds: z
    .int()
    .min(300)
    .max(31_536_000)
    .describe('a browser session ends so long after the sign-in; without it, as long as it is used'),
} as const

const removable = [
  'passwordMaxAgeDays',
  'passwordReusePrevention',
  'selfRegistrationGroup',
  'sessionLifetimeSeconds',
] as const

const {
  passwordMaxAgeDays,
  passwordReusePrevention,
  selfRegistrationGroup,
  sessionLifetimeSeconds,
  ...always
} = members

export const settings = z.strictObject({
  ...always,
  passwordMaxAgeDays: passwordMaxAgeDays.optional(),
  passwordReusePrevention: passwordReusePrevention.optional(),
  selfRegistrationGroup: selfRegistrationGroup.optional(),
  sessionLifetimeSeconds: sessionLifetimeSeconds.optional(),
})

const change = z.strictObject({
  ...z.strictObject(always).partial().shape,
  passwordMaxAgeDays: passwordMaxAgeDays.nullable().optional(),
  passwordReusePrevention: passwordReusePrevention.nullable().optional(),
  selfRegistrationGroup: selfRegistrationGroup.nullable().optional(),
  sessionLifetimeSeconds: sessionLifetimeSeconds.nullable().optional(),
})

const answerOf = async (
  { settings: use }: UseCases,
  { password, signIn }: SettingsOfAccount,
): Promise<z.input<typeof settings>> => ({
  passwordMinimumLength: password.minimumLength,
  passwordRequireSymbols: password.requireSymbols,
  passwordRequireNumbers: password.requireNumbers,
  passwordRequireUppercase: password.requireUppercase,
  passwordRequireLowercase: password.requireLowercase,
  passwordRefuseGuessable: signIn.refuseGuessable,
  secondFactor: signIn.secondFactor,
  secondFactorGroups: [...(await use.groupNames(signIn.secondFactorGroups))],
  passkeys: signIn.passkeys ?? 'allowed',
  trustedDeviceDays: signIn.trustedDeviceDays ?? 0,
  trustedDevicesForGroups: signIn.trustedDevicesForGroups ?? true,
  selfRegistration: signIn.selfRegistration ?? 'off',
  selfRegistrationDomains: [...(signIn.selfRegistrationDomains ?? [])],
  ...(await selfRegistrationGroupOf(use, signIn)),
  sessionIdleSeconds: signIn.sessionIdle,
  ...(password.maxAge !== undefined && { passwordMaxAgeDays: password.maxAge }),
  ...(password.reusePrevention !== undefined && { passwordReusePrevention: password.reusePrevention }),
  ...(signIn.sessionLifetime !== undefined && { sessionLifetimeSeconds: signIn.sessionLifetime }),
})

async function selfRegistrationGroupOf(
  use: UseCases['settings'],
  { selfRegistrationGroup: id }: Partial<SettingsOfAccount['signIn']>,
): Promise<{ readonly selfRegistrationGroup?: string }> {
  const [name] = id === undefined ? [] : await use.groupNames([id])
  return name === undefined ? {} : { selfRegistrationGroup: name }
}

/** The members that a request gives, by their names in the record; null becomes undefined, which removes. */
const given = (names: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === null ? undefined : value]],
    ),
  )

async function target({ settings: use }: UseCases, { caller }: Call): Promise<Target<SettingsOfAccount>> {
  const accountId = accountOf(caller)
  const found = await use.of(accountId)
  return { arn: `arn:aws:chancery::${accountId}:settings`, value: found, version: found?.version }
}

type SelfRegistration = Partial<
  Pick<SettingsOfAccount['signIn'], 'selfRegistration' | 'selfRegistrationDomains'>
>

/** Whether people may create an account who could not before. */
function letsMoreRegister(before: SelfRegistration, change: SelfRegistration): boolean {
  const { selfRegistration: was = 'off', selfRegistrationDomains: had = [] } = before
  const { selfRegistration: is = was, selfRegistrationDomains: has = had } = change
  if (is === 'off' || was === 'anyone') return false
  return is === 'anyone' || was === 'off' || has.some((domain) => !had.includes(domain))
}

const nothing = z.strictObject({})
const common = {
  path: '/settings',
  resource: 'arn:aws:chancery::<account>:settings',
  params: nothing,
  query: nothing,
  answer: settings,
  target,
}

export const settingsOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetSettings',
    method: 'GET',
    summary: 'show what passwords must be, who needs a second factor, and how long sessions last',
    body: nothing,
    command: { words: 'settings get' },
    run: async (use, { target: found }) => ({
      answer: await answerOf(use, found),
      version: found.version,
    }),
  }),
  operation({
    ...common,
    name: 'UpdateSettings',
    method: 'PATCH',
    also: ['AddGroupMember', 'CreatePerson'],
    summary: `change settings; what is left out stays, null removes ${removable.join(', ')}`,
    body: change,
    command: { words: 'settings update' },
    // Whoever sets the group puts people into it, as does whoever lets more people register while there is one; and whoever lets
    // people register makes users of them.
    async target(use, call, input) {
      const found = await target(use, call)
      const { signIn = {} }: { readonly signIn?: Partial<SettingsOfAccount['signIn']> } = found.value ?? {}
      const isMore = letsMoreRegister(signIn, input)
      const joined = isMore
        ? (await selfRegistrationGroupOf(use.settings, signIn)).selfRegistrationGroup
        : undefined
      const { selfRegistrationGroup: name = joined } = input
      const after = name === undefined || name === null ? [] : [name]
      const memberships = await membershipPermissions(use, call, { before: [], after })
      const people = isMore ? [{ action: 'CreatePerson', arn: everybodyOf(call) }] : []
      return { ...found, also: [...memberships, ...people] }
    },
    async run(use, { call, input, target: found, expect }) {
      const names = input.secondFactorGroups
      const groups =
        names &&
        (await readableGroupsNamed(use, call, 'secondFactorGroups', {
          names,
          known: await use.settings.groupNames(found.signIn.secondFactorGroups),
        }))
      const { selfRegistrationGroup: joined } = input
      const [group] =
        typeof joined === 'string' ? await groupsNamed(use, call, 'selfRegistrationGroup', [joined]) : []
      const { before, after } = await use.settings.change(
        accountOf(call.caller),
        {
          password: given({
            minimumLength: input.passwordMinimumLength,
            requireSymbols: input.passwordRequireSymbols,
            requireNumbers: input.passwordRequireNumbers,
            requireUppercase: input.passwordRequireUppercase,
            requireLowercase: input.passwordRequireLowercase,
            maxAge: input.passwordMaxAgeDays,
            reusePrevention: input.passwordReusePrevention,
          }),
          signIn: given({
            refuseGuessable: input.passwordRefuseGuessable,
            secondFactor: input.secondFactor,
            secondFactorGroups: groups?.map(({ id }) => id),
            passkeys: input.passkeys,
            trustedDeviceDays: input.trustedDeviceDays,
            trustedDevicesForGroups: input.trustedDevicesForGroups,
            selfRegistration: input.selfRegistration,
            selfRegistrationDomains: input.selfRegistrationDomains,
            selfRegistrationGroup: joined === null ? null : group?.id,
            sessionIdle: input.sessionIdleSeconds,
            sessionLifetime: input.sessionLifetimeSeconds,
          }),
        },
        expect,
      )
      const answer = await answerOf(use, after)
      return { answer, version: after.version, before: await answerOf(use, before), after: answer }
    },
  }),
]
