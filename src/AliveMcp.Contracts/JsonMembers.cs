using System.Runtime.InteropServices;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>
/// Finds members of strangers' objects. The platform throws as soon as it comes across a name with half of a character in it;
/// here that is one more name that nobody asked for.
/// </summary>
public static class JsonMembers
{
    /// <summary>The member of that name, of duplicates the last one; false for what is no object.</summary>
    public static bool TryFind(JsonElement owner, string name, out JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(name);
        value = default;
        if (owner.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        try
        {
            return owner.TryGetProperty(name, out value);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return TryFindByText(owner, name, out value);
        }
    }

    /// <summary>The member's name, whatever is in it: half of a character stays what it is.</summary>
    public static string NameOf(JsonProperty member)
    {
        using var text = new PooledBuffer<char>(64);
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        JsonText.Decode(raw, raw.Contains((byte)'\\'), text);
        return new string(text.Span);
    }

    // One exception tells that there is such a name; thousands of them must not cost thousands of exceptions.
    private static bool TryFindByText(JsonElement owner, string name, out JsonElement value)
    {
        var found = false;
        value = default;
        using var text = new PooledBuffer<char>(64);
        foreach (var member in owner.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(member);
            text.Length = 0;
            JsonText.Decode(raw, raw.Contains((byte)'\\'), text);
            if (text.Span.SequenceEqual(name))
            {
                (value, found) = (member.Value, true);
            }
        }

        return found;
    }
}
