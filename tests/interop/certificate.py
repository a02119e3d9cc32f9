#!/usr/bin/env python3
"""Do programs that are not ours read the certificates that we print?

    python3 -m venv VENV && VENV/bin/pip install -r tests/interop/requirements-certificate.txt
    VENV/bin/python tests/interop/certificate.py KEYSET DAY FOLDER…

KEYSET is the file of a key set, DAY a day in the term of the certificates, FOLDER what `hongbang certificate issue`
wrote. zxing-cpp reads the QR code of each label and poster, that of the label also as a camera might see it; the text is taken
apart here, in few lines and by src/certificate/FORMAT.md alone; cwt verifies it with the keys of the key set as they
are. Prints what failed and "N passed, N failed"; exits 0 if none failed.
"""

import datetime
import re
import sys
from pathlib import Path
from unittest import mock

import cbor2
import cwt
import zxingcpp
from PIL import Image, ImageFilter

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ENTRY = -65537
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def of_base45(text):
    data = b""
    for at in range(0, len(text), 3):
        group = [ALPHABET.index(character) for character in text[at : at + 3]]
        number = sum(value * 45**place for place, value in enumerate(group))
        data += number.to_bytes(len(group) - 1, "big")
    return data


def of_digits(text):
    lengths = {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
    groups = [text[at : at + 17] for at in range(0, len(text), 17)]
    return b"".join(int(group).to_bytes(lengths[len(group)], "little") for group in groups)


def of_text(text):
    if text.startswith("HB1:"):
        return of_base45(text[4:])
    base, _, digits = text.partition("#")
    assert re.fullmatch("https://[!-~]+", base) and re.fullmatch("[0-9]+", digits), text
    return of_digits(digits)


def as_a_camera_sees_it(label):
    """Turned a little, small and blurred."""
    page = Image.new("L", (label.width + 80, label.height + 80), 255)
    page.paste(label, (40, 40))
    turned = page.rotate(7, resample=Image.Resampling.BICUBIC, fillcolor=255)
    smaller = turned.resize((turned.width * 4 // 5, turned.height * 4 // 5), Image.Resampling.BILINEAR)
    return smaller.filter(ImageFilter.GaussianBlur(0.6))


def read_code(image):
    found = [code for code in zxingcpp.read_barcodes(image) if code.format == zxingcpp.BarcodeFormat.QRCode]
    assert len(found) == 1, f"{len(found)} QR codes"
    return found[0].text


def check(label, keys, now):
    image = Image.open(label)
    assert image.width == 354 and abs(image.info["dpi"][0] - 300) < 0.1, (image.size, image.info)
    image = image.convert("L")
    text = read_code(image)
    assert read_code(as_a_camera_sees_it(image)) == text, "the camera reads another text"
    sheet = Image.open(label.with_name(label.name.replace("-label", "")))
    assert sheet.size == (1240, 1748) and abs(sheet.info["dpi"][0] - 300) < 0.1, (sheet.size, sheet.info)
    assert read_code(sheet.convert("L")) == text, "the poster has another code"
    data = of_text(text)
    with mock.patch("cwt.cwt.datetime", wraps=datetime.datetime) as clock:
        clock.now.return_value = now
        claims = cwt.decode(data, keys)
        refuse(lambda: cwt.decode(data[:-1] + bytes([data[-1] ^ 1]), keys), "a changed signature")
        refuse(lambda: cwt.decode(data.replace(b"9144", b"9145", 1), keys), "another firm")
        # An hour late, since cwt forgives a minute.
        clock.now.return_value = datetime.datetime.fromtimestamp(claims[4] + 3600, CHINA)
        refuse(lambda: cwt.decode(data, keys), "an expired certificate")
    entry = claims[ENTRY]
    assert label.name == f"{claims[2]}-label.png", claims
    poster = label.with_name(f"{claims[2]}.svg").read_text(encoding="utf-8")
    day = lambda days: str(datetime.date(1970, 1, 1) + datetime.timedelta(days=days))
    last = datetime.datetime.fromtimestamp(claims[4] - 1, CHINA).date()
    for part in (f"{entry[1]}（{claims[2]}）", f"名单截至 {day(entry[6])}", f"证书有效期至 {last}", day(entry[3])):
        assert part in poster, f"{part} is not on the poster"
    assert entry[7] is True and "示例" in poster, entry
    assert cbor2.dumps(cbor2.loads(data), canonical=True) == data, "not canonical"
    return len(data), len(text)


def refuse(decode, what):
    try:
        decode()
    except (cwt.VerifyError, cwt.DecodeError, ValueError):
        return
    raise AssertionError(f"{what} was accepted")


def main(key_set, day, *folders):
    keys = [cwt.COSEKey.new(key) for key in cbor2.loads(Path(key_set).read_bytes())]
    now = datetime.datetime.fromisoformat(f"{day}T12:00:00+08:00")
    passed, failed, sizes = 0, 0, set()
    for label in sorted(label for folder in folders for label in Path(folder).glob("*-label.png")):
        try:
            sizes.add(check(label, keys, now))
            passed += 1
        except Exception as error:  # every kind of failure is one that a reader of the paper would have
            failed += 1
            print(f"{label}: {type(error).__name__}: {error}")
    print(f"bytes and characters: {sorted(sizes)}")
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
