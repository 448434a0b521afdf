using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Api.Documents;

/// <summary>What the reader must know of a record's fields; made once for each type.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Shapes = new();

    private readonly PropertyInfo _unknown;

    private RecordShape(Type type)
    {
        Type = type;
        Fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(ApiObject.Unknown) && property.CanWrite)
            .Select(property => new RecordField(property))
            .ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        Required =
        [
            .. Fields.Values.Where(field => field.IsRequired).OrderBy(field => field.Name, StringComparer.Ordinal),
        ];
        _unknown = type.GetProperty(nameof(ApiObject.Unknown))!;
    }

    /// <summary>The record.</summary>
    public Type Type { get; }

    /// <summary>Its fields by their names in documents.</summary>
    public FrozenDictionary<string, RecordField> Fields { get; }

    /// <summary>Those that must be there.</summary>
    public ImmutableArray<RecordField> Required { get; }

    /// <summary>Keeps the fields that are not known.</summary>
    public void SetUnknown(object record, ImmutableSortedDictionary<string, string> unknown) =>
        _unknown.SetValue(record, unknown);

    /// <summary>The shape of a type.</summary>
    public static RecordShape Of(Type type) => Shapes.GetOrAdd(type, static key => new RecordShape(key));
}

/// <summary>One field of a record.</summary>
internal sealed class RecordField
{
    public RecordField(PropertyInfo property)
    {
        Property = property;
        Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
        IsMap = type == typeof(ImmutableSortedDictionary<string, string>);
        Element = IsList ? type.GetGenericArguments()[0] : type;
        IsRequired = property.GetCustomAttribute<RequiredAttribute>() is not null;
        Values = property.GetCustomAttribute<OneOfAttribute>()?.Values;
        Range = property.GetCustomAttribute<BetweenAttribute>();
        Items = property.GetCustomAttribute<ItemsAttribute>();
        Format = property.GetCustomAttribute<FormatAttribute>() is { } format ? Formats.Find(format.Name) : null;
        if (IsList) MakeList = ListMaker(Element);
    }

    public PropertyInfo Property { get; }

    /// <summary>Name in documents.</summary>
    public string Name { get; }

    public bool IsList { get; }

    public bool IsMap { get; }

    /// <summary>Type of the value, or of a list's elements.</summary>
    public Type Element { get; }

    public bool IsRequired { get; }

    public IReadOnlyList<string>? Values { get; }

    public BetweenAttribute? Range { get; }

    public ItemsAttribute? Items { get; }

    public StringFormat? Format { get; }

    /// <summary>An immutable array of the elements; only of lists.</summary>
    public Func<List<object>, object>? MakeList { get; }

    private static Func<List<object>, object> ListMaker(Type element) =>
        typeof(RecordField).GetMethod(nameof(Array), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(element).CreateDelegate<Func<List<object>, object>>();

    private static object Array<T>(List<object> items)
    {
        object array = items.Cast<T>().ToImmutableArray();
        return array;
    }
}
