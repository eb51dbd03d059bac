const word = "kept";
const other = 'kept too';
