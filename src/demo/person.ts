// Creates a user as the administrator, and signs the user in with two factors.
import { Secret } from '../secure/secret.ts'
import { codeOf, totpPeriod } from '../secure/totp.ts'
import type { Narrator } from './narrator.ts'
import { iamAs, type Scene } from './scene.ts'
import { signIn } from './sign-in.ts'

const alice = { name: 'alice', password: 'a long sentence, easily remembered' }

interface Mfa {
  readonly seed: Secret
  /** The next TOTP time step whose code has not been used. */
  readonly nextStep: number
}

export async function createPerson(narrator: Narrator, scene: Scene): Promise<Mfa> {
  narrator.step('An administrator creates a user, over the AWS IAM protocol')
  const iam = iamAs(scene)
  const user = await iam('CreateUser', { UserName: alice.name })
  narrator.show(`CreateUser → ${user.text('Arn')}`)
  await iam('CreateLoginProfile', {
    UserName: alice.name,
    Password: alice.password,
    PasswordResetRequired: 'false',
  })
  const device = await iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'alices-phone' })
  const serial = device.text('SerialNumber')
  const seed = new Secret(Buffer.from(device.text('Base32StringSeed'), 'base64').toString())
  const step = Math.floor(Date.now() / 1000 / totpPeriod)
  await iam('EnableMFADevice', {
    UserName: alice.name,
    SerialNumber: serial,
    AuthenticationCode1: codeOf(seed, step - 1),
    AuthenticationCode2: codeOf(seed, step),
  })
  narrator.show(`CreateVirtualMFADevice, EnableMFADevice → ${serial}`)
  const devices = await iam('ListMFADevices', { UserName: alice.name })
  narrator.expect('alice has a password and a second factor', devices.text('SerialNumber') === serial)
  return { seed, nextStep: step + 1 }
}

export async function signInAsPerson(
  narrator: Narrator,
  scene: Scene,
  { seed, nextStep }: Mfa,
): Promise<void> {
  narrator.step('Alice signs in to an application: OpenID Connect, password and one-time code')
  const person = { ...alice, code: () => codeOf(seed, nextStep) }
  const { pages, claims } = await signIn(scene.chancery, scene.application, person)
  for (const title of pages) narrator.show(`page: ${title}`)
  const { sub, preferred_username: name, amr, acr } = claims
  narrator.show(`ID token: ${JSON.stringify({ sub, preferred_username: name, amr, acr })}`)
  const methods = Array.isArray(amr) ? amr : []
  narrator.expect('the ID token is about alice', name === alice.name, String(name))
  narrator.expect(
    'and says that both factors were used',
    methods.includes('pwd') && methods.includes('otp'),
    String(amr),
  )
}
