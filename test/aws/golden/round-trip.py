"""Calls a server through botocore, one line of JSON for each call and each answer (transport.ts starts it).

An answer says, besides what botocore parsed, which elements the model does not have and which required members are missing: botocore
itself is silent about both.
"""

import base64
import datetime
import json
import sys
from xml.etree import ElementTree

from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session

url = sys.argv[1]
session = Session()
received = {}


def client_of(service, caller):
    config = Config(retries={"total_max_attempts": 1}, signature_version=None if caller else UNSIGNED, parameter_validation=False)
    keys = {}
    if caller:
        keys = dict(
            aws_access_key_id=caller["accessKeyId"],
            aws_secret_access_key=caller["secretAccessKey"],
            aws_session_token=caller.get("sessionToken"),
        )
    client = session.create_client(service, "us-east-1", endpoint_url=url, config=config, **keys)
    client.meta.events.register("before-parse.*.*", lambda response_dict, **_: received.update(response_dict))
    return client


def local(tag):
    return tag.rsplit("}", 1)[-1]


def unknown_elements(node, shape, path):
    """Elements that the shape does not have."""
    if shape.type_name == "structure":
        known = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for child in node:
            name = local(child.tag)
            if name in known:
                yield from unknown_elements(child, known[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is not in the model"
    elif shape.type_name == "list":
        for child in node:
            if local(child.tag) == "member":
                yield from unknown_elements(child, shape.member, f"{path}[]")
            else:
                yield f"{path} has {local(child.tag)} in place of member"


def missing_members(value, shape, path):
    """Required members that the parsed answer lacks."""
    if shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{path}.{name} is missing"
        for name, member in shape.members.items():
            if name in value:
                yield from missing_members(value[name], member, f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            yield from missing_members(item, shape.member, f"{path}[]")


def faults_of(model, parsed):
    root = ElementTree.fromstring(received["body"])
    if local(root.tag) != f"{model.name}Response":
        yield f"the root is {local(root.tag)}"
    known = {"ResponseMetadata", f"{model.name}Result"}
    yield from (f"{local(child.tag)} beside the result" for child in root if local(child.tag) not in known)
    result = next((child for child in root if local(child.tag) == f"{model.name}Result"), None)
    if model.output_shape is None:
        return
    if result is None and model.output_shape.members:
        yield "there is no result"
    if result is not None:
        yield from unknown_elements(result, model.output_shape, "")
    yield from missing_members(parsed, model.output_shape, "")


def plain(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(type(value))


def answer(service, action, input, caller):
    client = client_of(service, caller)
    model = client.meta.service_model.operation_model(action)
    try:
        parsed = client._make_api_call(action, input)
    except ClientError as error:
        response = error.response
        faults = [] if response.get("Error", {}).get("Message") else ["the error has no message"]
        return {"status": response["ResponseMetadata"]["HTTPStatusCode"], "body": response, "faults": faults}
    faults = list(faults_of(model, parsed))
    return {"status": parsed["ResponseMetadata"]["HTTPStatusCode"], "body": parsed, "faults": faults}


names = {service: client_of(service, None).meta.service_model.operation_names for service in ("iam", "sts")}
print(json.dumps(names), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(**json.loads(line)), default=plain), flush=True)
