"""Names found by their pinyin, in every reading; among them those of Dongcheng that are easily misread."""

import pytest

from unionclient.definition.pinyin import is_pinyin, place, plain, ranked

NAMES = """
| 朝阳门街道     | cym zym chaoyangmen chaoymen     |
| 大栅栏         | dsl dashilan dzl                 |
| 东直门街道     | dzm dongzhimen                   |
| 和平里         | hpl hepingli                     |
| 安定门         | adm andingmen                    |
| 交道口         | jdk jiaodaokou                   |
| 景山           | js jingshan                      |
| 东华门         | dhm donghuamen                   |
| 北新桥         | bxq beixinqiao                   |
| 建国门         | jgm jianguomen                   |
| 崇文门外       | cwmw chongwenmenwai              |
| 体育馆路       | tygl tiyuguanlu                  |
| 永定门外       | ydmw yongdingmenwai              |
| 什刹海         | sch shichahai                    |
| 南锣鼓巷       | nlgx nanluoguxiang               |
| 雍和宫         | yhg yonghegong                   |
| 帽儿胡同       | meht maoerhutong                 |
| 校尉胡同       | xwht xiaoweihutong               |
| 东长安街       | dcaj dongchanganjie              |
| 藏经馆胡同     | cjght zjght cangjingguan         |
| 柏林寺         | bls bolinsi bailinsi             |
| 夕照寺         | xzs xizhaosi                     |
| 炒豆胡同       | cdht chaodouhutong               |
| 仇英           | qiuying qy cy                    |
| 单雄信         | shanxiongxin sxx dxx             |
| 曾国芳         | zengguofang zgf                  |
| 区大伟         | oudawei odw                      |
| 解小军         | xiexiaojun xxj jxj               |
| 查志刚         | zhazhigang zzg czg               |
| 吕绿           | lvlv ll                          |
| 北京ABC有限公司 | bjabc beijingabcyouxian           |
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines())
def test_a_name_is_found_in_full_by_initials_and_mixed(line):
    name, typed = (cell.strip() for cell in line.strip().strip("|").split("|"))
    for word in typed.split():
        assert place(name, plain(word)) == 0, word


@pytest.mark.parametrize(("name", "typed"), [("朝阳门街道", "dzm"), ("和平里", "hpx"), ("景山", "jsh n"), ("景山", "")])
def test_what_is_not_spelt_so_is_not_found(name, typed):
    assert ranked([name], typed, lambda text: [text]) == []


def test_names_that_begin_so_come_first():
    assert ranked(["东四街道", "建国门街道", "街道办"], "jd", lambda text: [text]) == ["街道办", "东四街道", "建国门街道"]


@pytest.mark.parametrize(("text", "may"), [("cym", True), ("chao yang", True), ("c'y'm", True), ("lü", True), ("朝", False), ("12", False), ("A-1", False), ("' ", False)])
def test_what_may_be_pinyin(text, may):
    assert is_pinyin(text) is may
