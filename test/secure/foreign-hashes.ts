// Password hashes that other programs made, with the passwords they are of: Django 5.2.19, passlib 1.7.4, bcrypt 4.0.1 and
// argon2-cffi 25.1.0 of PyPI.
export interface ForeignHash {
  readonly by: string
  readonly password: string
  readonly hash: string
}

const rows: readonly (readonly [by: string, password: string, hash: string])[] = [
  [
    'django PBKDF2',
    'correct horse battery staple',
    'pbkdf2_sha256$1000$kJ2xbmCPbOuU9yZc$eh6FdSgzryK3S543XWhHJ4PBl16dzzfUbCbEDM3Vb0Q=',
  ],
  [
    'django PBKDF2',
    'Gr\u00fc\u00dfe, \u4e16\u754c \ud83d\udd11',
    'pbkdf2_sha256$1000$kJ2xbmCPbOuU9yZc$4qXc+/MT1WYmy8bGenPSwH2Abiip0829XR3KyvJTXgk=',
  ],
  [
    'django PBKDF2SHA1',
    'correct horse battery staple',
    'pbkdf2_sha1$1000000$ysFK4rQ3BG0WwbzEVli13Y$6m+cYIGbTRjMVql3QFiAEL8+S5c=',
  ],
  [
    'django bcrypt_sha256',
    'correct horse battery staple',
    'bcrypt_sha256$$2b$04$v64R6F.71e5sg.Gtxv17iurG8F.Fm2QGLdYJfj1RNgV/Yf8sGflPu',
  ],
  [
    'django bcrypt',
    'correct horse battery staple',
    'bcrypt$$2b$04$Zsn8e/97hfnH4Z8BszsnROu1wsYtv28YTHpt24jXCfIxi31BHVFte',
  ],
  [
    'django argon2',
    'correct horse battery staple',
    'argon2$argon2id$v=19$m=102400,t=2,p=8$NmUyVmRGQ3M5eUFjRWFnTEpVVFo2SA$BDa/DneKpACPf57nXkx1rslZ6SsRkIiOMDpKvTztUiM',
  ],
  [
    'django scrypt',
    'correct horse battery staple',
    'scrypt$16384$5XLA2NYY3BcA9rXb5Wtknl$8$5$8IKPK7TtMeb5cNSVE1qWlqQPN+ZfpzZZtsjLa3vgn8j6Fp/hmCmdaneKBm5FtIOZx16BbWM3i3iKj08nhpgRGw==',
  ],
  [
    'passlib pbkdf2_sha256',
    'correct horse battery staple',
    '$pbkdf2-sha256$2900$YyzF.F9LSclZa621FqI0xg$6G2jbYt4J0TeynwHP7HUkIY0cYeCPrp4qYqbsp5MkyU',
  ],
  [
    'passlib pbkdf2_sha256',
    'Gr\u00fc\u00dfe, \u4e16\u754c \ud83d\udd11',
    '$pbkdf2-sha256$29$VUpJ6Z0TAgCgdI5RilEqZQ$AD9etdEltb2pq4dFaK2IGVFwKNGv9R33SEzoMOcBWlM',
  ],
  [
    'passlib pbkdf2_sha512',
    'correct horse battery staple',
    '$pbkdf2-sha512$250$cS4FoFRKSSmFcE7p/T8HIA$1Z1/kd5TKTL2QW1dribpy4G39SmQiZAIGgomOEBwQzgf9QfFQMFk6ytGQQhR8jH8jotNR9oejn68BaOMgYSw7Q',
  ],
  [
    'passlib pbkdf2_sha1',
    'correct horse battery staple',
    '$pbkdf2$131$IqT03juHEGLsfU/pXWvNWQ$EflV8OMNmfjCxB8RJWyYGjJS/7E',
  ],
  [
    'passlib scrypt',
    'correct horse battery staple',
    '$scrypt$ln=10,r=8,p=1$w5jT+v+/15pTqvVey1mrNQ$HxhGlqWNGMlL5iFI7Dotz2mZqhLkSRx4Uu0iiClUJzc',
  ],
  [
    'passlib scrypt',
    'Gr\u00fc\u00dfe, \u4e16\u754c \ud83d\udd11',
    '$scrypt$ln=8,r=4,p=2$j/FeyznnnNM65/wf41zrvQ$mKGVZs5Sg5KCDzCf+vBBP1LhhZ5PXVuAW4xYcASPiDU',
  ],
  [
    'passlib bcrypt 2a',
    'correct horse battery staple',
    '$2a$05$4Y.R9L7HYuFhzm7uJpCEuepitjE/WLpk81jHmRprIZGv3zZG15tba',
  ],
  [
    'passlib bcrypt 2b',
    'correct horse battery staple',
    '$2b$05$x6FLn/VPy45.J6lK9fHDneVtnotw0.Ai4hZPD7W41tov0o9MwBgQe',
  ],
  [
    'passlib bcrypt 2y',
    'correct horse battery staple',
    '$2y$05$X3DI6BDKysSJwHlOS6gph.ZnIAnr3IqQelhKI6ynCkrTue.fch08y',
  ],
  ['bcrypt', 'correct horse battery staple', '$2b$04$JfcXQHV54Rz0HcwVaAEhpe2w9s0oZ0/rsqpStUdHH7yga6fl7vJAe'],
  [
    'bcrypt',
    'Gr\u00fc\u00dfe, \u4e16\u754c \ud83d\udd11',
    '$2b$06$ng2YHrheouDQxTOtKOHc5uPBETgCa/43nEGQMei3T/fd/czPlJVE2',
  ],
  [
    'bcrypt 72 bytes',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaother',
    '$2b$04$kYSt8JEkuxKatQpoRIPSBeXQ70yHIOi3PppVCv93MHvZVMo4UY6gC',
  ],
  [
    'bcrypt cut in a letter',
    'ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp\u00e9xyz',
    '$2b$04$4ZkDJHN9YSL/bx6E2FnrEuH0l3LC/pA2k/4mCwxr6j9TdSLm32/fO',
  ],
  [
    'argon2-cffi',
    'correct horse battery staple',
    '$argon2id$v=19$m=256,t=2,p=1$u9Mg52A9P4i4rNsR7le5sA$vnHyomOLApXgZMMQIkmBwFrLvRV4/DBQVFCxVdaXuRM',
  ],
  [
    'argon2-cffi',
    'Gr\u00fc\u00dfe, \u4e16\u754c \ud83d\udd11',
    '$argon2id$v=19$m=1024,t=3,p=4$quJ4sIhidjA$0OwZ/qvoyD4BtF8tDsn2SA',
  ],
  [
    'argon2-cffi decomposed',
    'Zu\u0308rich 1',
    '$argon2id$v=19$m=64,t=1,p=1$AzWqIcoSKj+vEvjgBCo+tw$p82MjLACmnI3467z80IUEbGecJvi83+TRUhDlSpq4n8',
  ],
  [
    'argon2-cffi default',
    'correct horse battery staple',
    '$argon2id$v=19$m=65536,t=3,p=4$sPjUaqlnKJ9G23MXQplcuQ$fqIK4ooJam8/C97CnZ1wCNwOfXmBpfwQFcSyqxu8Uqk',
  ],
  [
    'passlib argon2',
    'correct horse battery staple',
    '$argon2id$v=19$m=512,t=1,p=4$IoQwBoDQ2htjTKmV8h6D8A$tWZ/Z7dtQdJr2J3vZ5ys2myuuAAFMn1vnn7LFsc3nrA',
  ],
]

export const foreignHashes: readonly ForeignHash[] = rows.map(([by, password, hash]) => ({
  by,
  password,
  hash,
}))
