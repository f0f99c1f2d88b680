import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantsJson, writeJsonAnswer, writeJsonFault } from '../../src/aws/json.ts'
import { serviceModel } from '../../src/aws/model.ts'

const iam = serviceModel('iam')
const written = (action: string, output: object): unknown => {
  const model = iam.actions.get(action)
  assert.ok(model)
  return JSON.parse(writeJsonAnswer(model, output, 'id-1'))
}
const metadata = { ResponseMetadata: { RequestId: 'id-1' } }

test('an answer has the members of the model alone, times in epoch seconds, blobs in base64', () => {
  const user = { UserName: 'ada', CreateDate: new Date(1_800_000_000_500), hash: '$argon2id$', Tags: [] }
  assert.deepEqual(written('CreateUser', { User: user }), {
    CreateUserResponse: {
      CreateUserResult: { User: { UserName: 'ada', CreateDate: 1_800_000_000, Tags: [] } },
      ...metadata,
    },
  })
  assert.deepEqual(
    written('CreateVirtualMFADevice', { VirtualMFADevice: { Base32StringSeed: Buffer.from('ABC') } }),
    {
      CreateVirtualMFADeviceResponse: {
        CreateVirtualMFADeviceResult: { VirtualMFADevice: { Base32StringSeed: 'QUJD' } },
        ...metadata,
      },
    },
  )
  assert.deepEqual(written('DeleteUser', {}), { DeleteUserResponse: metadata })
})

test('a fault is an object of code, message and type', () => {
  const fault = { code: 'AccessDenied', status: 403, message: 'no' }
  assert.deepEqual(JSON.parse(writeJsonFault(fault, 'id-1')), {
    Error: { Code: 'AccessDenied', Message: 'no', Type: 'Sender' },
    RequestId: 'id-1',
  })
})

test('JSON is written when Accept names JSON and no XML', () => {
  for (const accept of ['application/json', 'application/json, text/plain, */*', 'Application/JSON;q=1'])
    assert.equal(wantsJson(accept), true, accept)
  for (const accept of [
    undefined,
    '*/*',
    'text/xml',
    'application/xml, application/json',
    'application/jsonx',
  ])
    assert.equal(wantsJson(accept), false, accept)
})
