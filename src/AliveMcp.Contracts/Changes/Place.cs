using System.Globalization;
using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Changes;

/// <summary>Where in a tool something stands; a JSON Pointer (RFC 6901) once it is asked for.</summary>
internal sealed class Place
{
    private const int MaxLength = 400;
    private readonly Place? _parent;
    private readonly string _segment;

    private Place(Place? parent, string segment) => (_parent, _segment) = (parent, segment);

    /// <summary>The tool itself.</summary>
    public static Place Tool { get; } = new(null, "");

    /// <summary>The last key, as the server spelled it; an index for what stands in an array.</summary>
    public string Name => _segment;

    public static Place operator /(Place parent, string segment) => new(parent, segment);

    public static Place operator /(Place parent, int index) =>
        new(parent, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The pointer, safe to print and shortened when it is very long.</summary>
    public override string ToString()
    {
        var segments = new Stack<string>();
        for (var at = this; at._parent is not null; at = at._parent)
        {
            segments.Push(at._segment);
        }

        var pointer = new StringBuilder();
        foreach (var segment in segments)
        {
            pointer
                .Append('/')
                .Append(
                    segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                );
        }

        return SafeText.Of(pointer.ToString(), MaxLength);
    }
}
