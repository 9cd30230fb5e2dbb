using System.Reflection;
using System.Text.RegularExpressions;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>
/// Every script of this room, by its text: the embedded server locks only declared keys, and says nothing when another one is touched.
/// </summary>
public sealed partial class ScriptFileTests
{
    private static readonly Assembly Room = typeof(CollectorModule).Assembly;

    public static TheoryData<string> Files =>
        [.. Room.GetManifestResourceNames().Where(name => name.EndsWith(".lua", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_script_touches_the_keys_that_it_declares_and_no_others(string file)
    {
        Assert.Empty(Faults(Read(file)));
    }

    [Theory]
    [InlineData("-- KEYS: one.\nredis.call('GET', KEYS[1]) redis.call('GET', 'x')", "touches 'x'")]
    [InlineData("-- KEYS: one.\nredis.call('GET', KEYS[1] .. ':x')", "touches KEYS[1] .. ':x'")]
    [InlineData("-- KEYS: one.\nredis.call('GET', KEYS[2])", "declares 1 keys, uses 2")]
    [InlineData("-- KEYS: one, two.\nredis.call('GET', KEYS[1])", "declares 2 keys, uses 1")]
    [InlineData("-- KEYS: one.\nlocal c = 'GET'\nredis.call(c, KEYS[1])", "hides a command")]
    [InlineData("-- KEYS: one.\nredis.pcall('GET', KEYS[1])", "hides a command")]
    [InlineData("-- KEYS: one.\nredis.call('GET', KEYS[1]) redis.call('SELECT', 1)", "uses SELECT")]
    [InlineData("-- KEYS: one.\nredis.call('GET', KEYS[1]) redis.call('XADD', KEYS[1])", "uses XADD")]
    [InlineData("-- KEYS: one.\nredis.call('DEL', KEYS[1], 'x')", "uses DEL")]
    public void A_script_that_does_otherwise_is_found(string script, string fault)
    {
        Assert.Contains(fault, Faults(script));
    }

    private static List<string> Faults(string script)
    {
        var code = Comment().Replace(script, "");
        var calls = Call().Matches(code).ToList();
        var faults = new List<string>();
        if (calls.Count != Redis().Count(code))
        {
            faults.Add("hides a command");
        }

        foreach (var call in calls)
        {
            var (command, key) = (call.Groups["command"].Value, call.Groups["key"].Value.Trim());
            if (Forbidden().IsMatch(command))
            {
                faults.Add($"uses {command}");
            }
            else if (command != "TIME" && !Key().IsMatch(key))
            {
                faults.Add($"touches {key}");
            }
        }

        var declared = Declared().Match(script).Groups["names"].Value.Split(',').Length;
        var used = Numbers().Matches(code).Select(key => key.Groups[1].Value).Distinct(StringComparer.Ordinal).Count();
        var highest = Numbers().Matches(code).Max(key => int.Parse(key.Groups[1].Value, null));
        if (declared != used || declared != highest)
        {
            faults.Add($"declares {declared} keys, uses {Math.Max(used == declared ? 0 : used, highest)}");
        }

        return faults;
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(Room.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"redis\.\w+")]
    private static partial Regex Redis();

    [GeneratedRegex(@"redis\.call\('(?<command>[A-Z]+)'(?:, (?<key>[^,)]+))?")]
    private static partial Regex Call();

    // Another database, streams (the embedded server has none), and what names more than one key.
    [GeneratedRegex(@"\A(SELECT|X\w+|DEL|UNLINK|MGET|MSET\w*|RENAME\w*|COPY|\w+STORE|EVAL\w*|SCAN|KEYS|FLUSH\w+)\z")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\AKEYS\[[1-9]\]\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"KEYS\[([1-9])\]")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"-- KEYS: (?<names>[^.]+)\.")]
    private static partial Regex Declared();
}
