# Runs statements for sqlite-engine.ts: one JSON request per line, one JSON answer per line.
import json
import sqlite3
import sys

connection = sqlite3.connect(":memory:", isolation_level=None)
for line in sys.stdin:
    request = json.loads(line)
    try:
        rows = []
        for values in request["values"]:
            rows = connection.execute(request["text"], values).fetchall()
        answer = {"rows": rows}
    except sqlite3.Error as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
