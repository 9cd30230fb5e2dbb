using System.Diagnostics.CodeAnalysis;

namespace AliveMcp.Vocabulary;

/// <summary>A value, or the problems that stood in its way (all of them, not only the first).</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, IReadOnlyList<Problem>? problems)
    {
        _value = value;
        Problems = problems ?? [];
    }

    /// <summary>Empty when there is a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return Problems.Count == 0;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, [problem]);

    public static implicit operator Result<T>(List<Problem> problems) =>
        problems.Count == 0
            ? throw new ArgumentException("A refusal names at least one problem.", nameof(problems))
            : new(default, problems);
}
