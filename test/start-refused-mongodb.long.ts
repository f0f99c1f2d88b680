// A MongoDB database that must not be started on: as start-refused.test.ts, which has the stores in files.
import {
  issuerChanges,
  otherMasterKey,
  type Place,
  type Refusal,
  testRefusals,
} from './support/refused-start.ts'

const about = ({ database }: Place) => database?.collection<{ _id: string }>('store_about')

const refusals: readonly Refusal[] = [
  ...issuerChanges('mongodb'),
  {
    what: 'a database of another program',
    engine: 'mongodb',
    made: false,
    spoil: ({ database }) => database?.collection('user').insertOne({ name: 'theirs' }),
    said: /belongs to another program: set CHANCERY_STORE to a database of its own/,
  },
  {
    what: 'a store that has lost what it says of itself',
    engine: 'mongodb',
    made: true,
    spoil: (place) => about(place)?.deleteOne({ _id: 'store' }),
    said: /belongs to another program: set CHANCERY_STORE to a database of its own/,
  },
  {
    what: 'a store of a newer version',
    engine: 'mongodb',
    made: true,
    spoil: (place) => about(place)?.updateOne({ _id: 'store' }, { $set: { schema: 99 } }),
    said: /has version 99 and this program supports version \d+: start the newer program, or restore a backup/,
  },
  {
    what: 'a store under another master key',
    engine: 'mongodb',
    made: true,
    spoil: otherMasterKey,
    said: /sealed under another master key: set CHANCERY_KEYS to the directory that holds its key/,
  },
]

testRefusals(refusals)
