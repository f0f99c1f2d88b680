import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Directory } from '../../../src/federation/ldap/client.ts'
import { groupsOf } from '../../../src/federation/ldap/groups.ts'

const rules = { baseDn: 'ou=groups', filter: '(member={dn})', name: 'cn', depth: 1 }

/** A directory that names so many groups for everybody. */
const directoryOf = (count: number): Pick<Directory, 'all'> => ({
  async *all() {
    for (let n = 0; n < count; n++) yield { dn: `cn=g${n},ou=groups`, texts: [`g${n}`] }
  },
})

test('K12: 1,000 groups of a user are read, and 1,001 are refused with a reason', async () => {
  assert.equal((await groupsOf(directoryOf(1000), 'cn=a', rules)).length, 1000)
  await assert.rejects(groupsOf(directoryOf(1001), 'cn=a', rules), {
    code: 'limit_exceeded',
    message: 'you are in more than 1000 groups of the directory',
    detail: /narrow `groups.filter`/,
  })
})
