using System.Reflection;
using System.Runtime.CompilerServices;

namespace AliveMcp.House.Tests.Sizes;

/// <summary>A constructor with a sixth parameter means two classes. Records are free: they are what travels.</summary>
internal static class ConstructorRule
{
    public const int Parameters = 5;

    private const BindingFlags Every =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Faults(IEnumerable<Type> types) =>
        from type in types
        where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !IsRecord(type)
        from constructor in type.GetConstructors(Every)
        let count = constructor.GetParameters().Length
        where count > Parameters
        select $"{type.FullName} is constructed from {count} things; {Parameters} at most.";

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Every) is not null);
}
