"""Drawn pictures of works for the sample village: before, half-way, after; nothing real is seen."""

from __future__ import annotations

from io import BytesIO

from village_app.db.records.projects import Project
from village_app.village import Village

# purpose, caption, sky, ground, how many lamps stand, how many shine
_SCENES = (
    ("施工前照片", "施工前：夜里一片黑", (24, 30, 46), (18, 24, 26), 0, 0),
    ("施工中照片", "过半：立杆布线", (188, 208, 222), (120, 138, 104), 3, 0),
    ("完工照片", "完工：灯全亮了", (46, 56, 84), (54, 64, 58), 5, 5),
)
_SIZE = (960, 640)


def take_photos(village: Village, project: Project, *, halfway: bool = False) -> None:
    """Put the pictures beside a project; `halfway` leaves the last one out."""
    scenes = _SCENES[:2] if halfway else _SCENES
    with village.session.change(f"放入照片 {project.name}") as change:
        for purpose, caption, sky, ground, poles, lit in scenes:
            village.attachments.keep(
                change,
                project,
                f"{caption.split('：')[0]}.jpg",
                _drawn(sky, ground, poles, lit),
                caption=caption,
                purpose=purpose,
            )


def _drawn(sky: tuple[int, int, int], ground: tuple[int, int, int], poles: int, lit: int) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", _SIZE, sky)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((-200, 360, 700, 900), fill=ground)
    pen.rectangle((0, 460, 960, 640), fill=ground)
    pen.polygon([(360, 640), (600, 640), (500, 440), (470, 440)], fill=(128, 124, 116))
    for at in range(poles):
        height = 330 - 55 * at
        x, foot = 220 + 70 * at, 560 - 28 * at
        top = (x + height // 4, foot - height)
        pen.line([(x, foot), (x, top[1]), top], fill=(222, 222, 214), width=10 - at)
        if at < lit:
            half = height // 3
            cone = [top, (top[0] - half, foot), (top[0] + half, foot)]
            pen.polygon(cone, fill=(206, 182, 120))
            bulb = (top[0] - 14, top[1] - 10, top[0] + 14, top[1] + 14)
            pen.ellipse(bulb, fill=(255, 236, 170))
    content = BytesIO()
    picture.save(content, "JPEG", quality=86)
    return content.getvalue()
