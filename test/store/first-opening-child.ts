// Opens store after store, each for the first time, at the same moment as others do (first-opening.test.ts).
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'

const [dir = '', at = '0', count = '0'] = process.argv.slice(2)
const masterKey = openMasterKey(`${dir}/keys`, { storeExists: false })
while (Date.now() < Number(at)) {
  // All begin together.
}
for (let n = 0; n < Number(count); n++) {
  const store = await openSqlite(`${dir}/${n}.db`, { masterKey })
  await store.close()
}
