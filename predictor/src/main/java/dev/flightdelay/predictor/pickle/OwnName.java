package dev.flightdelay.predictor.pickle;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells names that a person's own program may have given to a metric, a scorer or a callback from
 * those of Python and its libraries. Such a name may stand where nothing looks at it: see {@link
 * AllowedGlobal.Inert}. It is none if it is in the least unusual.
 */
final class OwnName {

  /** Python's own modules, of all its versions: nothing of theirs is a person's metric. */
  private static final Set<String> PYTHON =
      words(
          """
          Bastion Queue SocketServer StringIO UserDict UserList UserString __builtin__
          __builtins__ __future__ _aix_support _android_support _blake2 _bootsubprocess _codecs_cn
          _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections_abc _colorize
          _compat_pickle _compression _curses_panel _elementtree _frozen_importlib
          _frozen_importlib_external _gdbm _interpchannels _interpqueues _interpreters
          _ios_support _lsprof _markupbase _msi _multibytecodec _opcode_metadata _osx_support
          _overlapped _posixshmem _posixsubprocess _py_abc _pydatetime _pydecimal _pyio _pylong
          _pyrepl _scproxy _sha1 _sha2 _sha256 _sha3 _sha512 _sitebuiltins _sre _strptime
          _suggestions _threading_local _weakrefset _winapi _wmi abc aifc antigravity argparse
          array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect
          builtins bz2 cPickle cProfile cStringIO calendar cgi cgitb chunk cmath cmd code codecs
          codeop collections colorsys commands compileall concurrent configparser contextlib
          contextvars copy copy_reg copyreg crypt csv ctypes curses dataclasses datetime dbm
          decimal difflib dircache dis distutils doctest dummy_thread dummy_threading email
          encodings ensurepip enum errno exceptions execfile faulthandler fcntl filecmp fileinput
          fnmatch formatter fractions ftplib functools gc genericpath getopt getpass gettext glob
          graphlib grp gzip hashlib heapq hmac html htmllib http httplib idlelib ihooks imaplib
          imghdr imp importlib imputil inspect io ipaddress itertools json keyword lib2to3
          linecache locale logging lzma macpath mailbox mailcap marshal math md5 mimetypes mmap
          modulefinder msilib msvcrt multifile multiprocessing mutex netrc new nis nntplib nt
          ntpath nturl2path numbers opcode operator optparse os os2 os2emxpath ossaudiodev parser
          pathlib pdb pickle pickletools pipes pkgutil platform plistlib popen2 poplib posix
          posixfile posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data
          pyexpat queue quopri random re readline reprlib resource rexec rlcompleter runpy sched
          secrets select selectors sets sha shelve shlex shutil signal site smtpd smtplib sndhdr
          socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics
          statvfs string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog
          tabnanny tarfile telnetlib tempfile termios textwrap this thread threading time timeit
          tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
          typing unicodedata unittest urllib urllib2 urlparse user uu uuid venv warnings wave
          weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport
          zlib zoneinfo
          """);

  /** Packages that write, load, build or run things, beside what the readers know of some. */
  private static final Set<String> LIBRARIES =
      words(
          """
          IPython catboost category_encoders cffi cloudpickle cython dask dill distributed django
          fabric fastai flask google huggingface_hub imblearn invoke ipykernel joblib jupyter keras
          lightgbm llvmlite mlflow numba numexpr numpy nose onnx onnxruntime pandas paramiko pexpect
          pip pkg_resources pyarrow pytest ray requests scipy setuptools skimage sklearn skops
          statsmodels tensorflow theano torch transformers urllib3 wheel xgboost yaml
          """);

  /** What of these is made for models: classes and functions that measure, watch, and are drawn. */
  private static final Set<String> MEASURING =
      Set.of(
          "sklearn.metrics.",
          "sklearn.model_selection.",
          "lightgbm.callback",
          "xgboost.callback",
          "scipy.stats.");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private OwnName() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a file may have that name where nothing looks at it. */
  static boolean mayStandUnread(GlobalName name) {
    if (!isPlain(name.name())
        || !Stream.of(name.module().split("\\.", -1)).allMatch(OwnName::isPart)) {
      return false;
    }
    String root = name.module().split("\\.", 2)[0];
    if (PYTHON.contains(root)) {
      return false;
    }
    return !LIBRARIES.contains(root)
        || MEASURING.stream().anyMatch(name.module()::startsWith)
        || LibraryClass.libraryOf(name).isPresent();
  }

  /** A part of a module's name: {@code __main__} is one, and no other of Python's own. */
  private static boolean isPart(String part) {
    return isPlain(part) || part.equals("__main__") || part.equals("__mp_main__");
  }

  private static boolean isPlain(String word) {
    return PLAIN.matcher(word).matches() && !word.startsWith("__");
  }
}
