"""OpenLDAP's slapd with users of its own, on loopback, with a certificate that only these predictors trust."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from ports import free_port

BIND_DN = "uid={0},ou=people,dc=example,dc=com"
PASSWORD = "a password of {0}"
STORE_PASSWORD = "changeit"

CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile {0}/certificate.pem
TLSCertificateKeyFile {0}/key.pem
TLSCACertificateFile {0}/certificate.pem
database mdb
maxsize 104857600
suffix "dc=example,dc=com"
rootdn "cn=admin,dc=example,dc=com"
directory {0}/db
index uid eq
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
"""

SLAPD, SLAPADD = (shutil.which(name, path="/usr/sbin:/usr/libexec:/usr/bin") for name in ("slapd", "slapadd"))


def missing():
    """What is not there for it, or None."""
    for command, package in ((SLAPD, "slapd"), (shutil.which("openssl"), "openssl")):
        if command is None:
            return f"{package} is not installed (apt-get install {package})"
    return None


class Directory:
    """Use as a context: the process lives inside it."""

    def __init__(self, folder, users, core, keytool):
        self.folder = Path(folder)
        self.users = users
        self.core = core
        self.keytool = keytool
        self.port = free_port()

    def __enter__(self):
        (self.folder / "db").mkdir(parents=True)
        self.certify()
        (self.folder / "slapd.conf").write_text(CONFIGURATION.format(self.folder))
        (self.folder / "users.ldif").write_text(self.entries())
        configuration = ["-f", self.folder / "slapd.conf"]
        subprocess.run([SLAPADD, "-q", *configuration, "-l", self.folder / "users.ldif"], check=True)
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(
            ["taskset", "-c", str(self.core), SLAPD, "-h", f"ldaps://127.0.0.1:{self.port}/", *configuration, "-d", "0"],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"slapd does not start: see {self.folder / 'log'}") from None
                time.sleep(0.05)

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()

    def certify(self):
        certificate, key = self.folder / "certificate.pem", self.folder / "key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, capture_output=True)
        command = [self.keytool, "-importcert", "-noprompt", "-alias", "directory", "-file", certificate]
        command += ["-keystore", self.folder / "trusted.p12", "-storepass", STORE_PASSWORD]
        subprocess.run(command, check=True, capture_output=True)

    def entries(self):
        parts = ["dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n"]
        parts.append("dn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: people\n")
        for i in range(self.users):
            name = user(i)
            parts.append(
                f"dn: uid={name},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\n"
                f"sn: {name}\nuserPassword: {PASSWORD.format(name)}\n"
            )
        return "\n".join(parts)

    def java_options(self):
        store = self.folder / "trusted.p12"
        return [f"-Djavax.net.ssl.trustStore={store}", f"-Djavax.net.ssl.trustStorePassword={STORE_PASSWORD}"]

    def environment(self):
        return {
            "LDAP_URL": f"ldaps://localhost:{self.port}",
            "LDAP_BIND_DN": BIND_DN,
            "MODEL_ALLOWED_HOSTS": "localhost",
        }


def user(number):
    return f"user{number:06d}"
