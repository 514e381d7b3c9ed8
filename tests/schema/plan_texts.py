"""Self-made documents in the shapes of official ones; places and people are invented."""

from extract.page import Line, Page, PageSource
from normalize.fixes import Restored, RestoredPage

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREEDOM = "Độc lập - Tự do - Hạnh phúc"


def page(text: str, number: int = 1) -> RestoredPage:
    lines = tuple(Line(line, None, 1.0) for line in text.strip("\n").split("\n"))
    made = Page(number, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)
    return RestoredPage(made, tuple(Restored(line.text) for line in lines))


def pages(*texts: str) -> tuple[RestoredPage, ...]:
    return tuple(page(text, number) for number, text in enumerate(texts, 1))


BODY = """
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao chất lượng phục vụ người dân.
II. MỤC TIÊU
1. 100% hồ sơ được giải quyết đúng hạn.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND
- Tham mưu tổng hợp, báo cáo kết quả thực hiện Kế hoạch này.
"""

COMMUNE = f"""
ỦY BAN NHÂN DÂN {MOTTO}
XÃ LŨNG KHÊ {FREEDOM}
Số: 31/KH-UBND Lũng Khê, ngày 12 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024 trên địa bàn xã Lũng Khê
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Kế hoạch số 05/KH-UBND ngày 04/01/2024 của UBND huyện Bồ Sơn về cải cách
hành chính năm 2024, thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;
Theo đề nghị của công chức Văn phòng - Thống kê tại Tờ trình số 02/TTr-VPTK ngày 10/01/2024.
UBND xã Lũng Khê ban hành Kế hoạch cải cách hành chính năm 2024, cụ thể như sau:
{BODY}
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- UBND huyện Bồ Sơn; KT. CHỦ TỊCH
- Lưu: VT. PHÓ CHỦ TỊCH
Lường Văn Bảo
"""

DECISION = f"""
ỦY BAN NHÂN DÂN
PHƯỜNG 27
{MOTTO}
{FREEDOM}
Số: 118/QĐ-UBND
Phường 27, ngày 03 tháng 02 năm 2023
QUYẾT ĐỊNH
Ban hành Kế hoạch cải cách hành chính năm 2023
CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG 27
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức
Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;
Xét đề nghị của công chức Văn phòng - Thống kê.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2023.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
CHỦ TỊCH
Trần Thị Hạnh Dung
"""

ATTACHED = f"""
{MOTTO}
{FREEDOM}
KẾ HOẠCH
Cải cách hành chính năm 2023 của Phường 27
(Ban hành kèm theo Quyết định số 118/QĐ-UBND
ngày 03 tháng 02 năm 2023 của Chủ tịch UBND Phường 27)
Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về Chương trình tổng thể cải cách hành chính.
UBND Phường 27 xây dựng Kế hoạch như sau:
{BODY}
"""

REPORT = f"""
ỦY BAN NHÂN DÂN {MOTTO}
XÃ LŨNG KHÊ {FREEDOM}
Số: 40/BC-UBND Lũng Khê, ngày 12 tháng 6 năm 2024
BÁO CÁO
Kết quả cải cách hành chính 6 tháng đầu năm 2024
Thực hiện Kế hoạch số 31/KH-UBND ngày 12/01/2024, UBND xã báo cáo như sau:
I. KẾT QUẢ
1. 98% hồ sơ được giải quyết đúng hạn.
"""

LETTER = f"""
ỦY BAN NHÂN DÂN {MOTTO}
HUYỆN BỒ SƠN {FREEDOM}
Số: 77/UBND-NV Bồ Sơn, ngày 02 tháng 5 năm 2024
V/v xây dựng Kế hoạch cải cách hành chính
Kính gửi: UBND các xã, thị trấn.
Thực hiện Công văn số 12/SNV-CCHC ngày 01/5/2024 của Sở Nội vụ, UBND huyện đề nghị:
1. Xây dựng Kế hoạch cải cách hành chính trước ngày 15/5/2024.
"""

DIRECTIVE = f"""
ỦY BAN NHÂN DÂN {MOTTO}
TỈNH HÀ SƠN {FREEDOM}
Số: 04/CT-UBND Hà Sơn, ngày 15 tháng 3 năm 2024
CHỈ THỊ
Về việc tăng cường kỷ luật, kỷ cương hành chính
1. Các sở, ban, ngành xây dựng kế hoạch, 100% hồ sơ đúng hạn.
"""

FORM = f"""
Mẫu số 01
TÊN CƠ QUAN BAN HÀNH {MOTTO}
........... {FREEDOM}
Số: ..../KH-.... ......, ngày ... tháng ... năm ....
KẾ HOẠCH
Cải cách hành chính năm .......
I. MỤC ĐÍCH
1. ...........
"""

OTHER_DECISION = f"""
ỦY BAN NHÂN DÂN {MOTTO}
XÃ LŨNG KHÊ {FREEDOM}
Số: 52/QĐ-UBND Lũng Khê, ngày 20 tháng 3 năm 2024
QUYẾT ĐỊNH
Về việc kiện toàn Ban Chỉ đạo cải cách hành chính
CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LŨNG KHÊ
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
QUYẾT ĐỊNH:
Điều 1. Kiện toàn Ban Chỉ đạo gồm các ông, bà sau.
"""
