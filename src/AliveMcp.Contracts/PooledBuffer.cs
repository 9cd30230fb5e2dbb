using System.Buffers;

namespace AliveMcp.Contracts;

/// <summary>A growing list in a rented array. Spans of it are good until it grows.</summary>
internal sealed class PooledBuffer<T>(int capacity) : IDisposable
{
    private T[] _items = ArrayPool<T>.Shared.Rent(capacity);
    private int _length;

    /// <summary>How many items count; may be lowered to drop the last ones.</summary>
    public int Length
    {
        get => _length;
        set => _length = value <= _length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public Span<T> Span => _items.AsSpan(0, _length);

    public void Append(T item)
    {
        if (_length == _items.Length)
        {
            Grow(1);
        }

        _items[_length++] = item;
    }

    public void Append(scoped ReadOnlySpan<T> items)
    {
        items.CopyTo(Room(items.Length));
        _length += items.Length;
    }

    /// <summary>Space behind the items, for at least so many more; <see cref="Advance"/> makes them count.</summary>
    public Span<T> Room(int count)
    {
        if (_items.Length - _length < count)
        {
            Grow(count);
        }

        return _items.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    public void Dispose() => ArrayPool<T>.Shared.Return(Interlocked.Exchange(ref _items, []));

    private void Grow(int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(_length + count, _items.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
