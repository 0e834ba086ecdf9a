"""The comparison finds, measures and locates every difference, in arrays of every kind, and in bounded memory."""

import tracemalloc
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from causes.anything import ANYTHING, COMPARABLE, ODD
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from port.errors import ArgumentError, MatportError
from port.reference import Tolerance, assert_agrees, compare
from port.reference.measure import CHUNK, ulp_distance
from port.reference.quantities import quantities

EXACT = Tolerance(rtol=0.0, atol=0.0)


def only(got, want, tolerance=EXACT):
    """The row of a comparison of two arrays."""
    (row,) = compare(got, want, tolerance=tolerance).table
    return row


def test_a_row_says_what_where_and_how_far_in_both_index_bases():
    want = np.arange(12.0).reshape(4, 3) + 1
    got = want.copy()
    got[2, 0] += 0.5
    row = only(got, want)
    assert (row.verdict, row.at_matlab, row.at_python) == ("differ", "(3,1)", "[2, 0]")
    assert (row.got, row.want, row.max_abs) == (7.5, 7.0, 0.5)
    assert row.max_rel == 0.5 / 7 and row.max_scaled == 0.5 / 12
    assert row.ulp == 0.5 / np.spacing(7.0)
    assert (row.shape_got, row.shape_want, row.dtype_got, row.dtype_want) == (
        (4, 3),
        (4, 3),
        "float64",
        "float64",
    )


def test_the_rows_are_a_frame_in_the_order_of_the_reference_with_extras_last():
    comparison = compare({"x": 1.0, "b": 2.0, "a": 1.0}, {"a": 1.0, "b": 2.5, "c": 3.0})
    assert list(comparison.rows.quantity) == ["a", "b", "c", "x"]
    assert list(comparison.rows.verdict) == ["agree", "differ", "missing", "extra"]
    assert not comparison.ok and comparison.worst.verdict in ("missing", "extra")
    comparison.rows.insert(0, "case", "mine")
    assert "case" not in comparison.rows.columns


@pytest.mark.parametrize(
    ("got", "want"),
    [
        pytest.param(np.zeros(3), np.zeros((3, 1)), id="a dropped dimension"),
        pytest.param(np.zeros((1, 3)), np.zeros((3, 1)), id="a row for a column"),
        pytest.param(np.array(0.0), np.zeros((1, 1)), id="no dimensions for 1 x 1"),
        pytest.param(np.zeros((3, 3)), np.zeros((3, 1)), id="what would broadcast"),
        pytest.param(np.zeros((0, 3)), np.zeros((3, 0)), id="empty both"),
    ],
)
def test_shapes_are_never_broadcast_away(got, want):
    assert only(got, want).verdict == "shape"


@pytest.mark.parametrize(
    ("got", "want", "distance"),
    [
        pytest.param(np.uint8([250]), np.uint8([255]), 5.0, id="uint8 upwards"),
        pytest.param(np.uint8([251]), np.uint8([0]), 251.0, id="uint8 far"),
        pytest.param(np.int8([-128]), np.int8([127]), 255.0, id="int8 across its range"),
        pytest.param(np.int64([2**63 - 1]), np.int64([-(2**63)]), 2.0**64, id="int64 across its range"),
        pytest.param(np.int64([2**53 + 1]), np.int64([2**53]), 1.0, id="int64 beyond 2^53"),
        pytest.param(np.uint64([2**63]), np.int64([-1]), 2.0**63, id="uint64 beside int64"),
        pytest.param(np.array([True]), np.array([False]), 1.0, id="logicals"),
        pytest.param(np.int8([-1]), np.uint64([2**64 - 1]), 2.0**64, id="-1 is not its two's complement"),
        pytest.param(np.array([3 + 4j]), np.array([0j]), 5.0, id="complex by modulus"),
        pytest.param(np.float32([2]), np.float64([1]), 1.0, id="single beside double"),
        pytest.param(np.float64([5e-324]), np.float64([0.0]), 5e-324, id="subnormal"),
        pytest.param(np.float16([1]), np.float16([3]), 2.0, id="half"),
    ],
)
def test_the_distance_is_right_whatever_the_type(got, want, distance):
    row = only(got, want)
    assert (row.verdict, row.max_abs) == ("differ", distance)


@pytest.mark.parametrize("tolerance", [Tolerance(rtol=1e-3), EXACT], ids=["wide", "exact"])
def test_whole_numbers_must_be_equal_under_every_tolerance(tolerance):
    assert only(np.int64([10**12 + 1]), np.int64([10**12]), tolerance).verdict == "differ"


@pytest.mark.parametrize(
    ("got", "want", "ok"),
    [
        pytest.param([np.nan], [np.nan], True, id="NaN beside NaN"),
        pytest.param([np.nan], [1.0], False, id="NaN for a number"),
        pytest.param([1.0], [np.nan], False, id="a number for NaN"),
        pytest.param([np.inf], [np.inf], True, id="Inf beside Inf"),
        pytest.param([-np.inf], [np.inf], False, id="Inf of the other sign"),
        pytest.param([np.inf], [1e308], False, id="Inf for a large number"),
        pytest.param([-0.0], [0.0], True, id="signed zeros"),
        pytest.param(
            [complex(np.nan, 1)], [complex(np.nan, 2)], False, id="NaN in one part, another other part"
        ),
        pytest.param([1e308], [-1e308], False, id="a difference that overflows"),
    ],
)
def test_nan_inf_and_zeros_are_compared_by_pattern(got, want, ok):
    assert only(np.array(got), np.array(want)).ok is ok


def test_nan_payloads_do_not_matter_and_hide_nothing():
    payload = np.array([0x7FF8000000000001, 0x7FF0000000000002], np.uint64).view(np.float64)
    assert only(payload, np.array([np.nan, np.nan])).ok
    assert not only(np.r_[payload, 1.0], np.r_[payload, 2.0]).ok


def test_an_infinite_reference_does_not_widen_the_tolerance():
    assert not only(np.array([np.inf, 1.0]), np.array([np.inf, 2.0]), Tolerance(rtol=1e-10, atol=1e-3)).ok


def test_the_worst_is_the_one_furthest_beyond_its_tolerance_not_the_largest():
    want = np.array([1e6, 1.0])
    got = np.array([1e6 + 1.0, 1.0 + 0.5])
    row = only(got, want, Tolerance(rtol=1e-3, atol=0.0))
    assert row.at_python == "[1]" and row.excess == pytest.approx(500, rel=1e-12)
    assert [element.index for element in row.top] == [(1,)]
    row = only(got, want, Tolerance(rtol=1e-7, atol=0.0))
    assert [element.index for element in row.top] == [(1,), (0,)]


def test_where_all_agree_the_element_nearest_to_the_tolerance_is_named():
    want = np.array([1.0, 2.0, 3.0, 4.0])
    row = only(want + np.array([0, 1e-13, 0, 1e-13]), want, Tolerance(rtol=1e-10, atol=0.0))
    assert row.ok and [element.index for element in row.top] == [(1,)] and 0 < row.excess < 1


def test_zero_beside_zero_among_elements_of_which_most_differ_is_no_difference():
    want = np.r_[np.zeros(20), np.arange(1.0, 81)]
    row = only(np.r_[np.zeros(20), np.arange(1.0, 81) + 1e-13], want, Tolerance(rtol=1e-10, atol=0.0))
    assert row.ok and row.max_rel == pytest.approx(1e-13, rel=1e-2)
    assert only(want + np.eye(1, 100, 99)[0], want, Tolerance(0.0, 0.0)).differing == 1


def test_the_tolerance_is_relative_to_the_element_and_to_the_largest():
    want = np.array([1.0, 1000.0])
    assert only(want + np.array([1e-9, 0]), want, Tolerance(rtol=0.0, atol=1e-12)).excess == pytest.approx(
        1.0, rel=1e-6
    )
    assert only(want + np.array([1e-9, 0]), want, Tolerance(rtol=1e-9, atol=0.0)).excess == pytest.approx(
        1.0, rel=1e-6
    )
    assert str(Tolerance()) in str(compare(want, want))


@pytest.mark.parametrize(
    "bounds", [{"rtol": -1.0}, {"atol": np.inf}, {"rtol": np.nan}, {"atol": "small"}, {"rtol": None}]
)
def test_a_tolerance_that_means_nothing_is_refused(bounds):
    with pytest.raises(ArgumentError, match="finite"):
        Tolerance(**bounds)


def test_what_lies_under_a_mask_is_not_compared_as_if_it_were_not():
    want = np.array([1.0, 2.0])
    for got in (np.ma.masked_array([1.0, 99.0], [False, True]), np.ma.masked_array(want, [True, False])):
        for pair in ((got, want), (want, got)):
            with pytest.raises(ArgumentError, match=r"value is masked.*filled\(np\.nan\)"):
                compare(*pair)


def test_rows_of_different_lengths_are_said_so():
    with pytest.raises(ArgumentError, match="value cannot be read as an array: its rows differ in length"):
        compare([[1, 2], [3]], [[1, 2], [3]])


def test_a_tolerance_that_is_a_number_is_refused():
    with pytest.raises(ArgumentError, match=r"tolerance is 1e-06; give Tolerance\(rtol="):
        compare(1.0, 1.0, tolerance=1e-6)


@pytest.mark.parametrize(
    ("got", "want", "ulps"),
    [
        (1.0, np.nextafter(1.0, 2), 1.0),
        (-5e-324, 5e-324, 2.0),
        (np.float32(1), np.nextafter(np.float32(1), np.float32(0)), 1.0),
        (1 + 1j, complex(1, np.nextafter(1, 2)), 1.0),
        (np.float16(0), np.float16(-0.0), 0.0),
        (np.inf, 1.0, np.inf),
    ],
)
def test_ulps_count_the_numbers_between(got, want, ulps):
    assert ulp_distance(got, want).item() == ulps


@pytest.mark.parametrize(
    ("places", "said"),
    [
        pytest.param((slice(None), 0), "only in column 1", id="a column"),
        pytest.param((2, slice(None)), "only in row 3", id="a row"),
        pytest.param((slice(1, 3), slice(1, 4)), "only in rows 2:3, columns 2:4", id="a block"),
        pytest.param(([0, 3], slice(None)), "only in rows 1 4", id="two rows apart"),
        pytest.param((range(4), range(4)), "only elements of the main diagonal differ", id="the diagonal"),
        pytest.param((slice(None), slice(None)), "every element differs", id="all"),
    ],
)
def test_the_structure_of_the_error_is_said_in_the_counting_of_matlab(places, said):
    want = np.arange(20.0).reshape(4, 5) + 1
    got = want.copy()
    got[places] += 1
    assert said in only(got, want).where


def test_a_jacobian_without_its_other_elements_is_recognised():
    want = np.eye(4) - 0.25
    assert only(np.diag(np.diag(want)), want).where == "all but the main diagonal differs"


@pytest.mark.parametrize("order", ["C", "F"])
def test_an_element_is_found_in_every_chunk_and_order(order):
    want = np.zeros((3, CHUNK), order=order)
    for place in [(0, 0), (1, CHUNK - 1), (2, 7)]:
        got = np.array(want, order="C" if order == "F" else "F")
        got[place] = 1
        assert only(got, want).at_python == str(list(place))


def test_views_with_negative_and_zero_strides_are_read_in_their_own_order():
    want = np.arange(12.0).reshape(3, 4)[::-1, ::2]
    got = want.copy()
    got[0, 1] = -1
    assert only(got, want).at_python == "[0, 1]"
    assert only(np.broadcast_to(1.0, (3, 4)), np.ones((3, 4))).ok


@dataclass
class Record:
    """A result as a port may return it."""

    dw: list
    loss: float


def test_structures_are_named_as_matlab_names_them():
    cells = np.empty((2, 2), object)
    cells[0, 0], cells[0, 1], cells[1, 0], cells[1, 1] = (np.ones((1, 1)) * k for k in range(4))
    named = quantities(
        {"r": Record([np.ones(2), np.ones(3)], 0.5), "w": cells, "s": SimpleNamespace(a=[1, 2])}
    )
    assert list(named) == ["r.dw{1}", "r.dw{2}", "r.loss", "w{1,1}", "w{1,2}", "w{2,1}", "w{2,2}", "s.a"]
    assert list(quantities([1.0, 2.0])) == ["value"] and list(quantities([np.ones(1), np.ones(1)])) == [
        "{1}",
        "{2}",
    ]
    assert quantities(None) == {}


def test_text_and_sparse_arrays_are_compared():
    from scipy.sparse import csr_array

    assert compare({"s": "relu", "m": csr_array(np.eye(3))}, {"s": "relu", "m": np.eye(3)}).ok
    assert not compare("relu", "tanh").ok
    assert only(np.array("1"), np.array(1.0)).verdict == "class"


@pytest.mark.parametrize(
    "value", [object(), {"a": object()}, [np.ones(2), object()], np.datetime64("2024-01-01")]
)
def test_what_is_no_array_is_refused_in_a_sentence(value):
    with pytest.raises(ArgumentError, match=r"array|numbers"):
        compare(value, value)


def test_assert_agrees_says_the_comparison_and_the_cause():
    case = SimpleNamespace(expected={"dW": np.arange(6.0).reshape(2, 3)}, input={"x": np.ones((3, 8))})
    assert_agrees({"dW": case.expected["dW"]}, case)
    with pytest.raises(
        AssertionError, match=r"(?s)dW.*worst at \(2,3\) / \[1, 2\].*S01.*8 samples \(columns of x\)"
    ):
        assert_agrees({"dW": 8 * case.expected["dW"]}, case)


def test_whole_numbers_have_no_distance_in_units_of_the_last_place():
    unsigned, signed = np.array([2**63], np.uint64), np.array([2**63 - 1], np.int64)
    for got, want in ((np.int8([1]), np.int8([2])), (unsigned, signed)):
        found = compare(got, want)
        assert np.isnan(found.table[0].ulp) and "ULP" not in str(found) and "max abs 1," in str(found)


@pytest.mark.parametrize("nothing", [{}, None], ids=str)
def test_an_assertion_that_compares_nothing_is_refused(nothing):
    with pytest.raises(ArgumentError, match="nothing to compare"):
        assert_agrees(nothing, nothing)


def test_memory_stays_bounded_whatever_differs():
    want = np.linspace(0.0, 1.0, 4_000_000)
    got = want + 1e-6
    tracemalloc.start()
    try:
        compare(got, want)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= 64 << 20


@given(COMPARABLE)
def test_an_array_agrees_with_itself(array):
    assert compare(array, array, tolerance=EXACT).ok
    assert compare(array.copy(order="F"), array, tolerance=EXACT).ok


@given(COMPARABLE, st.data())
def test_any_changed_element_is_found_and_located(array, data):
    assume(array.size and array.dtype.kind in "biufc" and array.dtype.itemsize <= 16)
    place = tuple(data.draw(st.integers(0, n - 1)) for n in array.shape)
    value = data.draw(hnp.from_dtype(array.dtype))
    changed = array.copy()
    changed[place] = value
    assume(not (changed[place] == array[place] or (value != value and array[place] != array[place])))
    row = only(changed, array)
    assert row.verdict == "differ" and row.top[0].index == place and row.differing == 1


@given(ANYTHING, ANYTHING)
def test_nothing_raises_anything_but_our_own_errors(got, want):
    for pair in ((got, want), (want, want)):
        try:
            comparison = compare(*pair)
        except MatportError:
            continue
        assert comparison.ok is all(row.ok for row in comparison.table)
        assert str(comparison) and comparison.as_dict()["ok"] is comparison.ok


@pytest.mark.parametrize("kind", sorted(ODD))
def test_what_is_odd_is_compared_or_refused_in_a_sentence(kind):
    try:
        assert compare(ODD[kind], ODD[kind]).ok
    except MatportError as error:
        assert str(error)
