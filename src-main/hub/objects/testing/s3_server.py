"""OpenStack Swift behind its S3 door, whole in one process: one disk, two users of one account, loopback, free ports.

Called with a folder and the secret of both users. Prints its port, and ends with its input.
"""

import array
import os
import sys

import eventlet
import eventlet.wsgi

eventlet.monkey_patch()

from paste.deploy import loadapp  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.ring import RingData  # noqa: E402

PROXY = """[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors s3api tempauth symlink versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:s3api]
use = egg:swift#s3api
max_bucket_listing = 10
[filter:symlink]
use = egg:swift#symlink
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:tempauth]
use = egg:swift#tempauth
user_town_hub = {secret} .admin
user_town_guest = {secret}
"""
STORE = """[DEFAULT]
swift_dir = {folder}
devices = {folder}/disks
mount_check = false
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
CLUSTER = """[swift-hash]
swift_hash_path_suffix = {secret}
[storage-policy:0]
name = only
default = yes
"""

folder, secret = sys.argv[1:]


class Forgetful:
    """The cache that Swift asks for; everything it remembers stands on the disk as well."""

    def __getattr__(self, _name):
        return lambda *_args, **_more: None


def with_cache(app):
    return lambda env, start: app(env | {"swift.cache": Forgetful()}, start)



def write(name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="ascii") as conf:
        conf.write(text)
    return path


os.makedirs(os.path.join(folder, "disks", "one"))
utils.HASH_PATH_SUFFIX = secret.encode("ascii")
utils.SWIFT_CONF_FILE = write("swift.conf", CLUSTER.format(secret=secret))

stores = ("object", "container", "account")
sockets = {name: eventlet.listen(("127.0.0.1", 0)) for name in (*stores, "proxy")}
for name in stores:
    port = sockets[name].getsockname()[1]
    device = {"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "one", "weight": 1.0}
    device |= {"replication_ip": "127.0.0.1", "replication_port": port, "meta": ""}
    RingData([array.array("H", [0, 0])], [device], 31).save(os.path.join(folder, name + ".ring.gz"))

for name, socket in sockets.items():
    text = (PROXY if name == "proxy" else STORE).format(folder=folder, name=name, secret=secret)
    app = loadapp("config:" + write(name + ".conf", text))
    eventlet.spawn_n(eventlet.wsgi.server, socket, with_cache(app), log_output=False)

print(sockets["proxy"].getsockname()[1], flush=True)
eventlet.tpool.execute(sys.stdin.read)
