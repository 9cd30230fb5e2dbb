using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace AliveMcp.Storage.Redis;

/// <summary>
/// A Lua script that lies beside its typed wrapper as an embedded <c>.lua</c> file. Sent by its SHA-1; loaded again when the server has
/// forgotten it. Scripts touch declared keys only: the embedded server locks no others. All keys of one call share their tag, as
/// <c>due:{s07}</c> and <c>hot:{s07}:135</c> do: a cluster runs no script over two slots.
/// </summary>
public sealed class RedisScript
{
    private readonly string _text;
    private readonly byte[] _sha1;

    private RedisScript(string text)
    {
        _text = text;
#pragma warning disable CA5350 // EVALSHA names scripts by SHA-1; nothing is secured by it.
        _sha1 = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
    }

    /// <summary>Reads <paramref name="file"/> from the resources of the owner's assembly (any folder).</summary>
    public static RedisScript Of(Type owner, string file)
    {
        var assembly = owner.Assembly;
        var name = assembly
            .GetManifestResourceNames()
            .Single(resource => resource.EndsWith("." + file, StringComparison.Ordinal));
        return new RedisScript(Read(assembly, name));
    }

    /// <exception cref="ArgumentException">The keys do not lie in one slot.</exception>
    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        DemandOneSlot(keys);
        try
        {
            return await database.ScriptEvaluateAsync(_sha1, keys, values);
        }
        catch (RedisServerException missing) when (missing.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(_text, keys, values);
        }
    }

    private static void DemandOneSlot(ReadOnlySpan<RedisKey> keys)
    {
        for (var place = 1; place < keys.Length; place++)
        {
            var tag = Tag(keys[place]);
            if (tag.IsEmpty || !tag.SequenceEqual(Tag(keys[0])))
            {
                throw new ArgumentException($"{keys[place]} and {keys[0]} do not share a tag.", nameof(keys));
            }
        }
    }

    /// <summary>What a cluster takes for the slot: between the first brace and the next one that closes.</summary>
    private static ReadOnlySpan<char> Tag(string? key)
    {
        var begin = key.AsSpan().IndexOf('{') + 1;
        var length = begin > 0 ? key.AsSpan(begin).IndexOf('}') : -1;
        return length > 0 ? key.AsSpan(begin, length) : default;
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
