// What was acknowledged, and what is at rest.
import assert from 'node:assert/strict'
import { accessKey, artifact } from '../sample.ts'
import type { Rule } from './place.ts'

export function durability(rule: Rule): void {
  rule('after kill -9 in the middle of writing, every acknowledged write is there', async (_, at) => {
    for (let round = 0; round < 3; round++) {
      const child = await at.child()
      const acknowledged = await child.writeUntilKilled(`r${round}-`, 300)
      assert.ok(acknowledged.length > 0)
      const store = await at.open()
      for (const id of acknowledged) assert.ok(await store.get('setting', id), id)
      await store.ping()
      await store.close()
    }
  })

  rule('what was closed is there when it is opened again', async (_, at) => {
    const first = await at.open()
    await first.create('accessKey', accessKey('AKIA1', 'hush'))
    await first.close()
    const second = await at.open()
    assert.equal((await second.get('accessKey', 'AKIA1'))?.secret.reveal(), 'hush')
    await second.close()
  })

  rule('no secret stands in what the engine has written', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const secret = 'tell-nobody-0123456789'
    await store.create('accessKey', accessKey('AKIA1', secret))
    await store.create('artifact', artifact('a'))
    await store.update('artifact', 'a', (old) => ({ ...old, payload: accessKey('x', secret).secret }))
    const written = await at.written()
    if (written === undefined) return
    assert.ok(written.includes('AKIA1'))
    for (const encoding of ['utf8', 'base64', 'hex'] as const)
      assert.ok(!written.includes(Buffer.from(Buffer.from(secret).toString(encoding).slice(0, 20))), encoding)
  })
}
