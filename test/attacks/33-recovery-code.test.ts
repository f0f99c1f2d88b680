// attacks.md 33: a recovery code is used in the place of a second factor, so what it was used for ends when an
// administrator removes that factor, like what the factor's own codes were used for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeactivateMFADeviceCommand, ListMFADevicesCommand } from '@aws-sdk/client-iam'
import { atSecondFactor } from '../support/person.ts'
import { ended, kindsOf, person, server, startWalk, usable } from './ends-stage.ts'

startWalk()

test('33: second factor removed by an administrator: what a recovery code was used for ends', {
  timeout: 60_000,
}, async () => {
  const { name, password, signedIn } = await person()
  const { browser, page } = await atSecondFactor({ url: server.server.url, admin: { name, password } })
  const asked = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
  await browser.submit(asked, { code: signedIn.recoveryCodes[0] ?? '' })
  const kinds = await kindsOf(browser)
  await usable(kinds)
  const { MFADevices = [] } = await server.iam.send(new ListMFADevicesCommand({ UserName: name }))
  assert.equal(MFADevices.length, 1)
  for (const { SerialNumber } of MFADevices)
    await server.iam.send(new DeactivateMFADeviceCommand({ UserName: name, SerialNumber }))
  await ended(kinds)
})
