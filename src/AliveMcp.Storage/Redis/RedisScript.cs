using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace AliveMcp.Storage.Redis;

/// <summary>
/// A Lua script that lies beside its typed wrapper as an embedded <c>.lua</c> file. Sent by its SHA-1; loaded again when the server has
/// forgotten it. Scripts touch declared keys only: the embedded server locks no others.
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

    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_sha1, keys, values);
        }
        catch (RedisServerException missing) when (missing.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(_text, keys, values);
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
