"""Cells, structs, maps, handles, and functions that apply a function."""

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.calling import feval, str2func
from port.migrate.runtime.errors import caught
from port.migrate.runtime.shapes import horzcat, shape_of, size, vertcat
from port.migrate.runtime.values import (
    MatlabError,
    Value,
    as_cell,
    cell_array,
    class_,
    copied,
    grid,
    iscell,
    ischar,
    isempty,
    isreal,
    isstruct,
    matrix,
    same_kind,
    struct_array,
    unbox,
)


def deal(*values: Value, nargout: int = 1) -> Any:
    """Each argument as one output; one argument serves all."""
    if len(values) == 1:
        values = tuple(copied(values[0]) for _ in range(nargout))
    if nargout > 1 and len(values) != nargout:
        raise MatlabError("deal: nargin > 1 and nargin != nargout")
    return tuple(map(copied, values)) if len(values) > 1 else values[0]


def bsxfun(function: Callable[..., Any], a: Value, b: Value) -> Value:
    """A function of two arrays, expanded to each other's size; NumPy's own functions expand by themselves."""
    return feval(function, a, b)


def _options(arguments: tuple[Value, ...]) -> tuple[list[Value], bool, Any]:
    """Split trailing `"UniformOutput", flag` and `"ErrorHandler", f` off."""
    arrays, uniform, handler = list(arguments), True, None
    while len(arrays) >= 2 and isinstance(arrays[-2], str):
        if arrays[-2].lower() not in ("uniformoutput", "errorhandler"):
            break
        value, name = arrays.pop(), arrays.pop().lower()
        uniform = bool(np.all(value)) if name == "uniformoutput" else uniform
        handler = value if name == "errorhandler" else handler
    return arrays, uniform, handler


def cellfun(function: Value, *arguments: Value, nargout: int = 1) -> Any:
    """A function of every item; the results as an array, or as a cell with `"UniformOutput", False`.

    The function may be named by a text; of the old ones, "isclass" and "size" take an argument behind the cell.
    """
    cells, uniform, handler = _options(arguments)
    if function in ("isclass", "size"):
        last = cells.pop()
        function = (lambda x: class_(x) == last) if function == "isclass" else (lambda x: size(x, last))
    elif isinstance(function, str):
        named = {"isempty": isempty, "length": _length, "numel": _numel, "ndims": _ndims, "isreal": isreal}
        function = named.get(function) or str2func(function)
    items = [list(grid(c).ravel(order="F")) for c in cells]
    if any(not iscell(c) for c in cells):
        raise MatlabError("cellfun: C must be a cell array")
    return _mapped(function, items, shape_of(cells[0]), uniform, handler, nargout, "cellfun")


def _length(x: Value) -> float:
    return float(max(shape_of(x), default=0)) if not isempty(x) else 0.0


def _numel(x: Value) -> float:
    return float(np.prod(shape_of(x)))


def _ndims(x: Value) -> float:
    return float(len(shape_of(x)))


def arrayfun(function: Callable[..., Any], *arguments: Value, nargout: int = 1) -> Any:
    """A function of every element (of struct arrays, cells and text too); options as of `cellfun`."""
    arrays, uniform, handler = _options(arguments)
    items = [[_element(v, a) for v in grid(a).ravel(order="F")] for a in arrays]
    return _mapped(function, items, shape_of(arrays[0]), uniform, handler, nargout, "arrayfun")


def _element(item: Any, array: Value) -> Value:
    return [item] if iscell(array) else str(item) if ischar(array) else item


def _mapped(
    function: Callable[..., Any],
    items: Sequence[Sequence[Value]],
    shape: tuple[int, ...],
    uniform: bool,
    handler: Any,
    nargout: int,
    name: str,
) -> Any:
    """Call for every set of items and collect each output in an array or a cell of the shape given."""
    if len({len(part) for part in items}) > 1:
        raise MatlabError(
            f"{name}: all the input arguments must have the same size and shape (arg 1 and arg 2)"
        )
    results = [
        _called(function, place, args, handler, nargout)
        for place, args in enumerate(zip(*items, strict=True))
    ]
    if nargout == 0 or (results and all(r is None for r in results)):
        return None
    outputs = [[r[k] if nargout > 1 else r for r in results] for k in range(nargout)]
    collected = [
        _uniform(o, shape, name) if uniform else as_cell(cell_array(map(copied, o), shape)) for o in outputs
    ]
    return tuple(collected) if nargout > 1 else collected[0]


def _called(
    function: Callable[..., Any], place: int, arguments: tuple[Value, ...], handler: Any, nargout: int
) -> Any:
    if handler is None:
        return feval(function, *arguments, nargout=nargout)
    try:
        return feval(function, *arguments, nargout=nargout)
    except Exception as problem:
        fault = caught(problem)
        report = SimpleNamespace(message=fault.message, identifier=fault.identifier, index=place + 1.0)
        return feval(handler, report, *arguments, nargout=nargout)


def _uniform(values: list[Value], shape: tuple[int, ...], name: str) -> Value:
    """Scalars of one class as an array."""
    if any(grid(v).size != 1 or grid(v).dtype == object for v in values):
        raise MatlabError(
            f"{name}: all values must be scalars when UniformOutput = true; "
            "use the 'UniformOutput', false option"
        )
    if not values:
        return np.zeros(shape)
    flat = np.array([grid(v).reshape(-1)[0] for v in values])
    return unbox((flat.astype(float) if flat.dtype == np.int64 else flat).reshape(shape, order="F"))


def structfun(function: Callable[..., Any], struct: SimpleNamespace, *options: Value) -> Any:
    """A function of every field's value: a column of results, or a struct with `"UniformOutput", False`."""
    _, uniform, handler = _options(options)
    values = list(vars(struct).values())
    if uniform:
        return _mapped(function, [values], (len(values), 1), True, handler, 1, "structfun")
    return SimpleNamespace(**{name: copied(feval(function, value)) for name, value in vars(struct).items()})


def num2cell(x: Value) -> Value:
    """Every element in a cell of the same shape."""
    array = grid(x)
    return as_cell(cell_array([_element(v, x) for v in array.ravel(order="F")], array.shape))


def cell2mat(cell: Value) -> Value:
    """The matrices of a cell put together as they stand in it."""
    array = grid(cell)
    if not iscell(cell):
        raise MatlabError("cell2mat: C must be a cell array")
    if array.size == 0:
        return np.zeros((0, 0))
    return vertcat(*(horzcat(*row) for row in array))


def mat2cell(x: Value, *parts: Value) -> Value:
    """Cut into blocks of the heights and widths given."""
    array = grid(x)
    sizes = [[int(n) for n in matrix(p).ravel()] for p in parts]
    if len(sizes) == 1:
        sizes.append([array.shape[1]])
    rows, columns = ([0, *np.cumsum(s)] for s in sizes)
    blocks = [
        same_kind(copied(array[rows[i] : rows[i + 1], columns[j] : columns[j + 1]]), x)
        for j in range(len(sizes[1]))
        for i in range(len(sizes[0]))
    ]
    return as_cell(cell_array(blocks, (len(sizes[0]), len(sizes[1]))))


def struct(*pairs: Value) -> Value:
    """A struct from names and values; a value that is a cell makes an array of structs, a cell in a cell
    stays one.
    """
    if len(pairs) == 1:
        return struct_array([], (0, 0)) if isempty(pairs[0]) else copied(pairs[0])
    names, values = pairs[::2], pairs[1::2]
    shapes = [grid(v).shape for v in values if iscell(v) and grid(v).size != 1]
    if not shapes:
        plain = [grid(v).reshape(-1)[0] if iscell(v) else v for v in values]
        return SimpleNamespace(**dict(zip(names, copied(plain), strict=True)))
    count = int(np.prod(shapes[0]))
    spread = [_spread(v, count) for v in values]
    structs = [dict(zip(names, copied(list(item)), strict=True)) for item in zip(*spread, strict=True)]
    return struct_array([SimpleNamespace(**fields) for fields in structs], shapes[0])


def _spread(value: Value, count: int) -> list[Value]:
    """One value for every struct: the items of a cell, or the same for all."""
    items = _listed(value)
    return items * count if len(items) == 1 else items


def fieldnames(struct: Value) -> Value:
    """The names of the fields as a column cell."""
    names = list(_fields(struct))
    return cell_array(names, (len(names), 1))


def _fields(struct: Value) -> dict[str, Any]:
    if isinstance(struct, SimpleNamespace):
        return vars(struct)
    array = grid(struct)
    return vars(array.ravel()[0]) if isstruct(struct) and array.size else {}


def numfields(struct: Value) -> float:
    """The number of fields; 0 of what is no struct."""
    return float(len(_fields(struct))) if isstruct(struct) else 0.0


def isfield(struct: Value, names: Value) -> Value:
    """Whether the struct has a field of that name; of a cell of names, which of them."""
    have = _fields(struct) if isstruct(struct) else {}
    if not iscell(names):
        return np.bool_(isinstance(names, str) and names in have)
    array = grid(names)
    return unbox(np.array([isinstance(n, str) and n in have for n in array.ravel()]).reshape(array.shape))


def rmfield(struct: Value, names: Value) -> Value:
    """A struct (or array of them) without some fields."""
    dropped = set(grid(names).ravel()) if iscell(names) else {names}
    missing = dropped - set(_fields(struct))
    if missing:
        raise MatlabError(f"rmfield: structure does not contain remove field {sorted(missing)[0]}")
    return _each_struct(struct, lambda fields: {n: v for n, v in fields.items() if n not in dropped})


def _each_struct(struct: Value, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Value:
    array = grid(struct)
    changed = [copied(SimpleNamespace(**change(vars(item)))) for item in array.ravel(order="F")]
    return same_kind(struct_array(changed, array.shape), struct)


def setfield(struct: Value, *path: Value) -> Value:
    """A struct with one field set; more names lead into structs within."""
    *names, value = path
    changed = copied(struct)
    name = names[0]
    inner = getattr(changed, name, SimpleNamespace())
    setattr(changed, name, setfield(inner, *names[1:], value) if len(names) > 1 else copied(value))
    return changed


def getfield(struct: Value, *names: str) -> Value:
    """The value of a field; more names lead into structs within."""
    for name in names:
        if not hasattr(struct, name):
            raise MatlabError("invalid use of undefined value")
        struct = getattr(struct, name)
    return copied(struct)


def orderfields(struct: Value) -> Value:
    """The fields in alphabetical order."""
    return _each_struct(struct, lambda fields: dict(sorted(fields.items())))


def struct2cell(struct: Value) -> Value:
    """The values of a struct's fields as a column cell."""
    values = copied(list(_fields(struct).values()))
    return as_cell(cell_array(values, (len(values), 1)))


def cell2struct(cell: Value, names: Value, dim: Value = 1) -> Value:
    """Items as fields along a dimension (1-based); what is left of the cell's shape makes an array of
    structs.
    """
    array = grid(cell) if int(matrix(dim).flat[0]) == 1 else grid(cell).T
    titles = list(grid(names).ravel(order="F")) if iscell(names) else [names]
    structs = [SimpleNamespace(**dict(zip(titles, copied(list(column)), strict=True))) for column in array.T]
    return structs[0] if len(structs) == 1 else struct_array(structs, (len(structs), 1))


def fields_of(structs: Value, name: str) -> list[Value]:
    """`s.name` of every struct of an array, as a list to be unpacked."""
    return [getattr(s, name) for s in grid(structs).ravel(order="F")]


class Map:
    """`containers.Map`: keys are texts or numbers, kept in order; a handle, so that assignment shares it."""

    matlab_class = "containers.Map"

    def __init__(self, *arguments: Value) -> None:
        options = {"keytype": "char", "valuetype": "any", "uniformvalues": True}
        plain = list(arguments)
        while len(plain) >= 2 and isinstance(plain[-2], str) and plain[-2].lower() in options:
            value = plain.pop()
            options[plain.pop().lower()] = value
        self._items: dict[Any, Value] = {}
        keys = _listed(plain[0]) if plain else []
        given = plain[1] if len(plain) > 1 else [np.zeros((0, 0))] * len(keys)
        values = [given] if plain and not iscell(plain[0]) else list(grid(given).ravel(order="F"))
        self.KeyType = "double" if keys and not isinstance(keys[0], str) else options["keytype"]
        self.ValueType = options["valuetype"]
        for key, value in zip(keys, values, strict=True):
            self[key] = value

    @property
    def Count(self) -> float:
        """The number of keys."""
        return float(len(self._items))

    def _key(self, key: Value) -> Any:
        return key if isinstance(key, str) else float(matrix(key).flat[0])

    def __contains__(self, key: Value) -> bool:
        return self._key(key) in self._items

    def __getitem__(self, key: Value) -> Value:
        if key not in self:
            raise MatlabError("the given key is not present in the container", "Octave:index-out-of-bounds")
        return copied(self._items[self._key(key)])

    def __setitem__(self, key: Value, value: Value) -> None:
        self._items[self._key(key)] = copied(value)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(self._items))

    def keys(self) -> list[Value]:
        """The keys in order, as a row cell."""
        return list(self)

    def values(self, wanted: Value = None) -> list[Value]:
        """The values in the order of the keys, or of the keys asked for, as a row cell."""
        return [self[key] for key in (self if wanted is None else _listed(wanted))]

    def isKey(self, key: Value) -> Value:
        """Whether a key is there; of a cell, which of them."""
        if not iscell(key):
            return np.bool_(key in self)
        array = grid(key)
        return unbox(np.array([k in self for k in array.ravel()]).reshape(array.shape))

    def remove(self, key: Value) -> None:
        """Take a key out."""
        for k in _listed(key):
            self[k]
            del self._items[self._key(k)]


def _listed(x: Value) -> list[Value]:
    return list(grid(x).ravel(order="F")) if iscell(x) else [x]


def map_keys(mapping: Map) -> list[Value]:
    """The keys in order, as a row cell."""
    return mapping.keys()


def map_values(mapping: Map, wanted: Value = None) -> list[Value]:
    """The values in the order of the keys, or of the keys asked for, as a row cell."""
    return mapping.values(wanted)


def isKey(mapping: Map, key: Value) -> Value:
    """Whether a key is there; of a cell, which of them."""
    return mapping.isKey(key)


def remove(mapping: Map, key: Value) -> Map:
    """Take keys out of a map."""
    mapping.remove(key)
    return mapping
